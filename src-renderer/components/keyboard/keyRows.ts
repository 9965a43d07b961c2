/** What a key does beside writing a sign. */
export type KeyName =
  | 'Shift'
  | 'Symbols'
  | 'Backspace'
  | 'Tab'
  | 'Enter'
  | 'ArrowLeft'
  | 'ArrowRight'
  | 'ArrowUp'
  | 'ArrowDown'
  | 'Space'
  | 'Hide'

export type Key =
  | { readonly sign: string }
  | { readonly name: KeyName /** In widths of a key. */; readonly width: number }

export type Layer = 'letters' | 'capitals' | 'symbols'

const signs = (text: string): readonly Key[] => [...text].map((sign) => ({ sign }))

/** Letters as people know them from keyboards of their language; the other signs stay in place. */
const LETTERS: Readonly<Record<string, readonly [string, string, string]>> = {
  en: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  de: ['qwertzuiopü', 'asdfghjklöä', 'yxcvbnmß'],
}
const SYMBOLS = ['!@#$%^&*()', '[]{}<>\\`~+', '?"\'|;:=_'] as const

/** Beside the letters, without another layer: what paths, options and pipes are made of. */
const BESIDE = ['-', '_', '/', '.'] as const

const capitalOf = (letter: string, locale: string): string => {
  const capital = letter.toLocaleUpperCase(locale)
  return capital.length === 1 ? capital : letter
}

/** The keys of a layer, row by row. Every sign that a shell knows is on one of the layers. */
export function keyRows(layer: Layer, locale: string): readonly (readonly Key[])[] {
  const [upper = '', middle = '', lower = ''] =
    layer === 'symbols' ? SYMBOLS : (LETTERS[locale] ?? LETTERS.en ?? [])
  // A letter without a capital of its own stays as it is: ß would become two.
  const cased = (text: string) =>
    layer === 'capitals' ? [...text].map((one) => capitalOf(one, locale)).join('') : text
  return [
    [...signs('1234567890'), ...BESIDE.slice(0, 2).map((sign) => ({ sign }))],
    [...signs(cased(upper)), { name: 'Backspace', width: 1.5 }],
    [...signs(cased(middle)), { name: 'Enter', width: 1.75 }],
    [
      { name: 'Shift', width: 1.5 },
      ...signs(cased(lower)),
      ...signs(layer === 'symbols' ? ',' : ',>|"'),
      ...BESIDE.slice(2).map((sign) => ({ sign })),
    ],
    [
      { name: 'Symbols', width: 1.5 },
      { name: 'Tab', width: 1.75 },
      { name: 'Space', width: 4 },
      { name: 'ArrowLeft', width: 1 },
      { name: 'ArrowRight', width: 1 },
      { name: 'ArrowUp', width: 1 },
      { name: 'ArrowDown', width: 1 },
      { name: 'Hide', width: 1.25 },
    ],
  ]
}
