export interface MarkupPart {
  readonly kind: 'text' | 'code' | 'strong'
  readonly text: string
}

const MARKUP = /`([^`]+)`|\*\*([^*]+)\*\*/g

/** Splits a text with `code` and **strong** words; nothing else is marked up, nothing is HTML. */
export function splitMarkup(text: string): readonly MarkupPart[] {
  const parts: MarkupPart[] = []
  let end = 0
  for (const match of text.matchAll(MARKUP)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) })
    const [whole, code, strong] = match
    parts.push(
      code === undefined ? { kind: 'strong', text: strong ?? '' } : { kind: 'code', text: code },
    )
    end = match.index + whole.length
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) })
  return parts
}
