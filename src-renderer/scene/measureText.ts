import { fontOf, type TextRole } from './fonts.ts'

/** Width in pixels of one line of text. */
export type MeasureText = (text: string, role: TextRole) => number

/** Measures with a canvas, as the texts will be drawn, and remembers what it measured. */
export function makeMeasureText(textScale: number): MeasureText {
  const context = document.createElement('canvas').getContext('2d')
  const known = new Map<string, number>()
  return (text, role) => {
    const key = `${role}|${text}`
    const seen = known.get(key)
    if (seen !== undefined) return seen
    if (context) context.font = fontOf(role, textScale)
    const width = Math.ceil(context?.measureText(text).width ?? text.length * 7) + 1
    if (known.size > 5000) known.clear()
    known.set(key, width)
    return width
  }
}
