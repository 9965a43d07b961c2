import { onBeforeUnmount, onMounted, type Ref, ref, shallowRef, watch } from 'vue'
import { type Field, fieldOf } from './typeInto.ts'

/**
 * Which field the keyboard on the screen writes into. It comes when a field is touched, and goes
 * with the field, or when somebody types on real keys.
 */
export function useScreenKeyboard(isOn: Ref<boolean>) {
  const field = shallowRef<Field | null>(null)
  /** Where the keyboard has to be put: outside of an open dialog nothing can be touched. */
  const home = shallowRef<HTMLElement | null>(null)
  /** How far the app is moved up, so that the field is not covered; in pixels. */
  const lift = ref(0)

  const hide = () => {
    field.value = null
  }
  const show = (wanted: Field) => {
    // The system's own keyboard would cover ours.
    wanted.setAttribute('inputmode', 'none')
    home.value = wanted.closest('dialog')
    field.value = wanted
  }
  // Not before the click: it would land on the keyboard that has just come up under the finger.
  const onClick = (event: Event) => {
    const touched = isOn.value ? fieldOf(event.target) : null
    if (touched) show(touched)
  }
  const onFocusout = (event: FocusEvent) => {
    if (event.target === field.value && event.relatedTarget !== null) hide()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.isTrusted && field.value !== null) hide()
  }
  /** Makes room for a keyboard of this height: the app goes up when its field would be covered. */
  const place = (height: number) => {
    document.documentElement.style.setProperty('--keyboard', `${height}px`)
    const { bottom } = field.value?.getBoundingClientRect() ?? { bottom: 0 }
    // A dialog makes room by itself.
    const isCovered = home.value === null && bottom + lift.value > window.innerHeight - height
    lift.value = isCovered ? height : 0
  }
  // A field may go with its dialog or screen, without a word.
  const watcher = new MutationObserver(() => {
    if (field.value?.isConnected === false) hide()
  })
  watch(field, (now, before) => {
    if (before && before !== now) before.removeAttribute('inputmode')
    if (now) watcher.observe(document.body, { childList: true, subtree: true })
    else {
      watcher.disconnect()
      lift.value = 0
      document.documentElement.style.removeProperty('--keyboard')
    }
  })
  onMounted(() => {
    document.addEventListener('click', onClick, true)
    document.addEventListener('focusout', onFocusout, true)
    window.addEventListener('keydown', onKey, true)
  })
  onBeforeUnmount(() => {
    watcher.disconnect()
    document.removeEventListener('click', onClick, true)
    document.removeEventListener('focusout', onFocusout, true)
    window.removeEventListener('keydown', onKey, true)
    document.documentElement.style.removeProperty('--keyboard')
  })
  return { field, home, lift, hide, place }
}
