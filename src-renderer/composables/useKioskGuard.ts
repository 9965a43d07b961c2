import { onBeforeUnmount, onMounted, type Ref, watchEffect } from 'vue'

/** What Control or Command may do: edit a text. Everything else with them belongs to the browser. */
const EDITING = [
  ...['a', 'c', 'v', 'x', 'y', 'z', 'Backspace', 'Delete', 'Insert', 'Home', 'End'],
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Control', 'Meta', 'Shift', 'AltGraph'],
]
/** With Shift some of the same keys inspect the page, or empty the browser's memory. */
const EDITING_WITH_SHIFT = EDITING.filter((key) => !['a', 'c', 'x', 'y', 'Delete'].includes(key))
/** Signs that have no key of their own on some keyboards, and words taken back. */
const TYPED_WITH_ALT = ['Backspace', 'Delete', 'Dead', 'Process', 'Shift', 'AltGraph']
/** Keys of their own: functions, a browser's, a machine's. */
const NAMED = /^(F\d+|Browser.*|Launch.*|Help|Print|Save|Open|New|Close|Find|Zoom.*|ContextMenu)$/

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & {
  readonly getModifierState?: KeyboardEvent['getModifierState']
}

/**
 * Keys with which a browser would leave, reload, print, save, zoom, inspect or find something else
 * to show than the page. What types a sign or edits a text is not among them.
 */
export function isBrowserKey(event: Keys): boolean {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (NAMED.test(key)) return true
  const { ctrlKey, metaKey, altKey, shiftKey } = event
  // Chromium's own list of what runs opens with Shift.
  if (key === 'Escape') return ctrlKey || metaKey || altKey || shiftKey
  if (event.getModifierState?.('AltGraph')) return false
  if (ctrlKey || metaKey) return altKey || !(shiftKey ? EDITING_WITH_SHIFT : EDITING).includes(key)
  if (altKey || key === 'Alt') {
    return key.length > 1 ? !TYPED_WITH_ALT.includes(key) : /[a-z0-9 ]/.test(key)
  }
  return false
}

/** Selects a whole field, or goes to its ends; elsewhere it marks the page, or goes back (Mac). */
const isFieldKey = ({ key, ctrlKey, metaKey }: Keys): boolean =>
  ((ctrlKey || metaKey) && key.toLowerCase() === 'a') ||
  (metaKey && ['ArrowLeft', 'ArrowRight'].includes(key))

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLElement && target.isContentEditable)

/**
 * On a kiosk no key, menu, gesture or dropped file of the browser leads out of the page, as far as
 * a page can hold them; the window and the operating system hold the rest.
 */
export function useKioskGuard(isOn: Ref<boolean>): void {
  const onKey = (event: KeyboardEvent) => {
    const isHeld = isBrowserKey(event) || (isFieldKey(event) && !isField(event.target))
    if (isOn.value && isHeld) event.preventDefault()
  }
  const prevent = (event: Event) => {
    if (isOn.value) event.preventDefault()
  }
  // Pinching and swiping are held by style: base.css.
  watchEffect(() => document.documentElement.toggleAttribute('data-kiosk', isOn.value))
  const onWheel = (event: WheelEvent) => {
    if (isOn.value && event.ctrlKey) event.preventDefault()
  }
  /** The buttons at the side of a mouse lead through the history. */
  const onButton = (event: MouseEvent) => {
    if (isOn.value && event.button > 2) event.preventDefault()
  }
  const prevented = ['contextmenu', 'dragenter', 'dragover', 'drop', 'dragstart', 'auxclick']
  const buttons = ['mousedown', 'mouseup'] as const
  onMounted(() => {
    window.addEventListener('keydown', onKey)
    for (const name of prevented) window.addEventListener(name, prevent)
    for (const name of buttons) window.addEventListener(name, onButton)
    window.addEventListener('wheel', onWheel, { passive: false })
  })
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', onKey)
    for (const name of prevented) window.removeEventListener(name, prevent)
    for (const name of buttons) window.removeEventListener(name, onButton)
    window.removeEventListener('wheel', onWheel)
  })
}
