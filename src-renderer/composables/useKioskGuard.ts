import { onBeforeUnmount, onMounted, type Ref } from 'vue'

const ALONE = ['F1', 'F3', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12', 'BrowserBack', 'BrowserForward']
const WITH_ALT = ['ArrowLeft', 'ArrowRight', 'Home', 'F4', 'd', 'e', 'f']
const WITH_CONTROL = [...'adefghjnopqrstuw0+-=', 'Tab', 'F4']
const WITH_CONTROL_AND_SHIFT = [...'bcdijkmnopqrtw', 'Tab', 'Delete']
/** Keys with which a browser would leave, reload, print, save or zoom the page. */
export function isBrowserKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): boolean {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (ALONE.includes(key)) return true
  if (event.altKey) return WITH_ALT.includes(key)
  if (!event.ctrlKey && !event.metaKey) return false
  return (event.shiftKey ? WITH_CONTROL_AND_SHIFT : WITH_CONTROL).includes(key)
}

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
    if (!isOn.value || !isBrowserKey(event)) return
    const key = event.key.toLowerCase()
    // The game's own handlers have run; in a field select-all stays.
    if (key === 'a' && isField(event.target)) return
    event.preventDefault()
  }
  const prevent = (event: Event) => {
    if (isOn.value) event.preventDefault()
  }
  const onWheel = (event: WheelEvent) => {
    if (isOn.value && event.ctrlKey) event.preventDefault()
  }
  const prevented = ['contextmenu', 'dragover', 'drop', 'dragstart', 'auxclick']
  onMounted(() => {
    window.addEventListener('keydown', onKey)
    for (const name of prevented) window.addEventListener(name, prevent)
    window.addEventListener('wheel', onWheel, { passive: false })
  })
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', onKey)
    for (const name of prevented) window.removeEventListener(name, prevent)
    window.removeEventListener('wheel', onWheel)
  })
}
