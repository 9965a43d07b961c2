import type { ThemeName } from '../../src-renderer/scene/palette.ts'
import { THEMES } from '../e2e/walk/looks.ts'

export interface Picture {
  /** Screen or event: pictures of one name stand in one row. */
  readonly name: string
  readonly moment: 'half way' | 'end'
  readonly theme: ThemeName
  readonly size: readonly [width: number, height: number]
  /** Name of the file beside the page. */
  readonly file: string
}

export const fileOf = ({ name, moment, theme, size }: Omit<Picture, 'file'>): string =>
  `${[name, moment, theme, size.join('x')].join('-').replace(/[^a-z0-9-]+/gi, '_')}.png`

const figure = ({ file, theme, size, moment }: Picture) =>
  `<figure class="${theme}"><a href="${file}"><img loading="lazy" src="${file}" alt=""></a>` +
  `<figcaption>${size.join(' × ')} · ${theme}${moment === 'end' ? '' : ` · ${moment}`}</figcaption></figure>`

/** All pictures on one page, a row for each name; themes are shown and hidden by their boxes. */
export function galleryPage(pictures: readonly Picture[]): string {
  const names = [...new Set(pictures.map((picture) => picture.name))]
  const rows = names.map((name) => {
    const own = pictures.filter((picture) => picture.name === name)
    return `<section id="${name}"><h2>${name}</h2><div>${own.map(figure).join('')}</div></section>`
  })
  const boxes = THEMES.map(
    (theme) => `<label><input type="checkbox" id="show-${theme}" checked> ${theme}</label>`,
  )
  const hide = THEMES.map(
    (theme) => `body:has(#show-${theme}:not(:checked)) .${theme}{display:none}`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Driftwood: gallery</title>
<style>
body{margin:0;background:#0d1518;color:#eaf4f6;font:14px system-ui}
header{position:sticky;top:0;display:flex;flex-wrap:wrap;gap:.5rem 1rem;padding:.75rem 1rem;background:#0d1518ee}
nav{display:flex;flex-wrap:wrap;gap:.25rem .75rem}a{color:#9ce5d2}
section{padding:0 1rem 1rem}section>div{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}
figure{margin:0}img{display:block;height:320px;width:auto;border:1px solid #345}figcaption{color:#9db}
${hide.join('\n')}
</style><header>${boxes.join('')}<nav>${names.map((name) => `<a href="#${name}">${name}</a>`).join('')}</nav></header>
${rows.join('\n')}</html>
`
}
