import { nextTick, type Ref, ref } from 'vue'

/**
 * One tab stop for a group of controls; arrow keys, Home and End move inside. Items carry
 * `data-roving`, in the order of the document.
 */
export function useRovingFocus(
  container: Ref<HTMLElement | null>,
  keys: { readonly next: readonly string[]; readonly back: readonly string[] } = {
    next: ['ArrowRight', 'ArrowDown'],
    back: ['ArrowLeft', 'ArrowUp'],
  },
) {
  const active = ref(0)
  const items = () =>
    Array.from(container.value?.querySelectorAll<HTMLElement>('[data-roving]') ?? [])

  const focusItem = async (index: number) => {
    const all = items()
    if (all.length === 0) return
    active.value = (index + all.length) % all.length
    await nextTick()
    all[active.value]?.focus()
  }

  const onKeydown = (event: KeyboardEvent) => {
    const at = items().indexOf(event.target as HTMLElement)
    if (at === -1) return
    const to = keys.next.includes(event.key)
      ? at + 1
      : keys.back.includes(event.key)
        ? at - 1
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? -1
            : null
    if (to === null) return
    event.preventDefault()
    event.stopPropagation()
    void focusItem(to)
  }

  const onFocusin = (event: FocusEvent) => {
    const at = items().indexOf(event.target as HTMLElement)
    if (at !== -1) active.value = at
  }

  return { active, focusItem, onKeydown, onFocusin }
}
