import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export type Theme = 'night' | 'day' | 'contrast'
export type Rgb = readonly [number, number, number]

const css = readFileSync(
  resolve(import.meta.dirname, '../../../../src-renderer/styles/tokens.css'),
  'utf8',
)

const declarations = (block: string): ReadonlyMap<string, string> =>
  new Map(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [
      name,
      value.trim(),
    ]),
  )

/** Declarations of all rules with this selector list, in the order of the file. */
const rules = [...css.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]+)\{([^}]*)\}/g)].map(
  ([, selector = '', block = '']) => ({ selector: selector.trim(), values: declarations(block) }),
)

/** Every token as a theme sees it, with references to other tokens filled in. */
export function tokensOf(theme: Theme): ReadonlyMap<string, string> {
  const tokens = new Map<string, string>()
  for (const { selector, values } of rules) {
    const holds = selector.split(',').some((one) => {
      const part = one.trim()
      return part === ':root' || part === `[data-theme='${theme}']`
    })
    if (holds) for (const [name, value] of values) tokens.set(name, value)
  }
  const resolved = (value: string): string =>
    value.replaceAll(/var\(--([\w-]+)\)/g, (_, name: string) => resolved(tokens.get(name) ?? ''))
  return new Map([...tokens].map(([name, value]) => [name, resolved(value)]))
}

export function rgbOf(hex: string): Rgb {
  const digits = /^#([0-9a-f]{6})$/i.exec(hex)?.[1]
  if (!digits) throw new Error(`not a colour: ${hex}`)
  const part = (at: number) => Number.parseInt(digits.slice(at, at + 2), 16) / 255
  return [part(0), part(2), part(4)]
}

const toLinear = (channel: number) =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4

export const linear = ([r, g, b]: Rgb): Rgb => [toLinear(r), toLinear(g), toLinear(b)]

/** Relative luminance and contrast as WCAG 2 defines them. */
export function contrast(one: Rgb, other: Rgb): number {
  const luminance = (colour: Rgb) => {
    const [r, g, b] = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/** How far apart two linear colours look, in OKLab; 0.02 is about a just visible difference. */
export function distance(one: Rgb, other: Rgb): number {
  const lab = ([r, g, b]: Rgb): Rgb => {
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ]
  }
  const [a, b] = [lab(one), lab(other)]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}
