import { onBeforeUnmount, onMounted, type Ref, ref, watch } from 'vue'
import { useSettingsStore } from '../stores/settingsStore.ts'

/** Size of an element in rem, so that larger text counts as less room. */
export function useElementSize(element: Ref<HTMLElement | null>) {
  const settings = useSettingsStore()
  const width = ref(90)
  const height = ref(56)
  let observer: ResizeObserver | null = null

  const measure = () => {
    const box = element.value?.getBoundingClientRect()
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    if (!box || box.width === 0 || !rem) return
    width.value = box.width / rem
    height.value = box.height / rem
  }

  onMounted(() => {
    measure()
    observer = new ResizeObserver(measure)
    if (element.value) observer.observe(element.value)
  })
  watch(() => settings.settings.textSize, measure, { flush: 'post' })
  onBeforeUnmount(() => observer?.disconnect())
  return { width, height }
}
