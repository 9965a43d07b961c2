/** Fields that text is written into; ranges, boxes and buttons are not. */
const TEXT_TYPES = ['text', 'password', 'search', 'email', 'url', 'tel', 'number']

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLElement

/** The text field that an event came from, or null. */
export function fieldOf(target: EventTarget | null): Field | null {
  if (target instanceof HTMLTextAreaElement) return target
  if (target instanceof HTMLInputElement) return TEXT_TYPES.includes(target.type) ? target : null
  const editor = target instanceof Element ? target.closest('[contenteditable="true"]') : null
  return editor instanceof HTMLElement ? editor : null
}

const isPlain = (field: Field): field is HTMLInputElement | HTMLTextAreaElement =>
  field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement

/** A number's field knows no selection; there text goes to the end. */
const rangeOf = (field: HTMLInputElement | HTMLTextAreaElement): readonly [number, number] => [
  field.selectionStart ?? field.value.length,
  field.selectionEnd ?? field.value.length,
]

function replace(
  field: HTMLInputElement | HTMLTextAreaElement,
  from: number,
  to: number,
  text: string,
): void {
  const value = field.value.slice(0, from) + text + field.value.slice(to)
  if (field.maxLength >= 0 && value.length > field.maxLength) return
  field.value = value
  if (field.selectionStart !== null) field.setSelectionRange(from + text.length, from + text.length)
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text }))
}

/** Writes a sign as if it were typed. */
export function typeSign(field: Field, sign: string): void {
  if (!isPlain(field)) {
    // Editors watch their own document; this is the one way that they take for typing.
    document.execCommand('insertText', false, sign)
    return
  }
  const [from, to] = rangeOf(field)
  replace(field, from, to, sign)
}

/**
 * Presses a key that writes nothing. The field's own handlers come first, as with a real keyboard;
 * what they leave alone does what a field does by itself.
 */
export function pressKey(field: Field, key: string): void {
  const event = new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true })
  const isTaken = !field.dispatchEvent(event)
  if (isTaken || !isPlain(field)) return
  const [from, to] = rangeOf(field)
  if (key === 'Backspace') replace(field, from === to ? Math.max(0, from - 1) : from, to, '')
  else if (key === 'ArrowLeft') moveTo(field, from - 1)
  else if (key === 'ArrowRight') moveTo(field, to + 1)
  else if (key === 'Enter' && field instanceof HTMLInputElement) field.form?.requestSubmit()
}

function moveTo(field: HTMLInputElement | HTMLTextAreaElement, at: number): void {
  if (field.selectionStart === null) return
  const to = Math.min(Math.max(0, at), field.value.length)
  field.setSelectionRange(to, to)
}
