import { describe, expect, it } from 'vitest'
import { type Palette, palettes } from '../../../../src-renderer/scene/palette.ts'
import { distance, linear, type Rgb, rgbOf, type Theme, tokensOf } from './tokens.ts'

/** Machado, Oliveira and Fernandes 2009, full severity, on linear light. */
const KINDS = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const

const seenWith = (kind: keyof typeof KINDS, colour: Rgb): Rgb => {
  const [r, g, b] = linear(colour)
  const [x = 0, y = 0, z = 0] = KINDS[kind].map((row) =>
    Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b)),
  )
  return [x, y, z]
}

/** The tokens that carry a meaning on the stage and in the bars, against each other. */
const MEANINGS = ['writable', 'durable', 'readonly', 'whiteout', 'lost'] as const
const pairs = MEANINGS.flatMap((one, index) =>
  MEANINGS.slice(index + 1).map((other) => [one, other] as const),
)
/** Pairs that never lie side by side as plain fills may come closer; pattern and word tell them apart. */
const LEAST = 0.06

/** The same meanings as the stage fills them: tiles, crates and sheets that lie side by side. */
const FILLS = [
  'writableTile',
  'durable',
  'imageTile',
  'whiteout',
  'lost',
] as const satisfies readonly (keyof Palette)[]
const fillPairs = FILLS.flatMap((one, index) =>
  FILLS.slice(index + 1).map((other) => [one, other] as const),
)
const THEMES: readonly Theme[] = ['night', 'day', 'contrast']
const cases = THEMES.flatMap((theme) =>
  (Object.keys(KINDS) as (keyof typeof KINDS)[]).map((kind) => [theme, kind] as const),
)

describe.each(cases)('theme %s with %s', (theme, kind) => {
  const tokens = tokensOf(theme)
  it.each(pairs)('%s is told from %s', (one, other) => {
    const colour = (name: string) => seenWith(kind, rgbOf(tokens.get(name) ?? ''))
    expect(distance(colour(one), colour(other))).toBeGreaterThan(LEAST)
  })

  const palette = palettes[theme]
  it.each(fillPairs)('on the stage, %s is told from %s', (one, other) => {
    const colour = (name: (typeof FILLS)[number]) =>
      seenWith(kind, rgbOf(`#${palette[name].toString(16).padStart(6, '0')}`))
    expect(distance(colour(one), colour(other))).toBeGreaterThan(LEAST)
  })
})
