import { lineHeight, type TextRole } from '../fonts.ts'
import type { InkName } from '../palette.ts'
import { elideApart, elideEnd, elideFolder, elideMiddle, elidePath } from './elide.ts'
import type { LayoutContext } from './metrics.ts'
import type { Box, Label } from './nodes.ts'

const cuts = { end: elideEnd, middle: elideMiddle, path: elidePath, folder: elideFolder }

export interface LabelWish {
  readonly text: string
  readonly role: TextRole
  readonly ink: InkName
  readonly x: number
  readonly y: number
  /** Room for it; the text is cut to fit. */
  readonly width: number
  readonly align?: Label['align']
  readonly cut?: keyof typeof cuts
  /** Names it must not look like when it is cut: those that stand beside it. */
  readonly peers?: readonly string[]
}

/** The label cut to its room, or null when nothing sensible fits. */
export function fitLabel(wish: LabelWish, context: LayoutContext): Label | null {
  const width = (text: string) => context.measure(text, wish.role)
  const text = wish.peers
    ? elideApart(wish.text, wish.peers, wish.width, width)
    : cuts[wish.cut ?? 'end'](wish.text, wish.width, width)
  if (!text) return null
  return {
    text,
    role: wish.role,
    ink: wish.ink,
    align: wish.align ?? 'left',
    x: Math.round(wish.x),
    y: Math.round(wish.y),
    width: Math.floor(wish.width),
    height: lineHeight(wish.role, context.textScale),
    words: Math.min(width(text), Math.floor(wish.width)),
    whole: text === wish.text,
  }
}

/** The first of several forms that fits whole; the last one cut to its room when none does. */
export function fitFirst(wishes: readonly LabelWish[], context: LayoutContext): Label | null {
  let last: Label | null = null
  for (const wish of wishes) {
    last = fitLabel(wish, context)
    if (last?.whole) return last
  }
  return last
}

/** Where the words of a label really stand, seen from its node. */
export function wordsOf(label: Label): Box {
  const spare = label.width - label.words
  const shift = label.align === 'left' ? 0 : label.align === 'right' ? spare : spare / 2
  return { x: label.x + shift, y: label.y, width: label.words, height: label.height }
}

export const present = <T>(value: T | null | undefined): value is T =>
  value !== null && value !== undefined
