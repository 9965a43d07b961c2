import { lineHeight, type TextRole } from '../fonts.ts'
import type { InkName } from '../palette.ts'
import { elideEnd, elideMiddle, elidePath } from './elide.ts'
import type { LayoutContext } from './metrics.ts'
import type { Label } from './nodes.ts'

const cuts = { end: elideEnd, middle: elideMiddle, path: elidePath }

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
}

/** The label cut to its room, or null when nothing sensible fits. */
export function fitLabel(wish: LabelWish, context: LayoutContext): Label | null {
  const width = (text: string) => context.measure(text, wish.role)
  const text = cuts[wish.cut ?? 'end'](wish.text, wish.width, width)
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
  }
}

export const present = <T>(value: T | null | undefined): value is T =>
  value !== null && value !== undefined
