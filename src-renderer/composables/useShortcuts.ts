import { onBeforeUnmount, onMounted } from 'vue'

/** Key as the event names it, with `Ctrl+` and `Shift+` in front where held: `Ctrl+Shift+z`, `?`. */
export type ShortcutTable = Readonly<Record<string, () => void>>

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'range'].includes(target.type)))

const nameOf = (event: KeyboardEvent): string => {
  const control = event.ctrlKey || event.metaKey
  if (!control) return event.key
  return `Ctrl+${event.shiftKey ? 'Shift+' : ''}${event.key.toLowerCase()}`
}

/**
 * Runs shortcuts of the whole screen. Single letters rest while one types in a field, and Ctrl+Z
 * belongs to a field that has text in it; everything rests while a dialog is open.
 */
export function useShortcuts(table: ShortcutTable): void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return
    if (document.querySelector('dialog[open]')) return
    const name = nameOf(event)
    if (isTyping(event.target)) {
      const { value } = event.target as HTMLInputElement
      if (!name.startsWith('Ctrl+') || value) return
    }
    const action = table[name]
    if (!action) return
    event.preventDefault()
    action()
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}
