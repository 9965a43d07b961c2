import { onBeforeUnmount, onMounted, type Ref, ref } from 'vue'

/** Size of an element's border box in pixels; 0 until it is known. */
export function usePixelSize(element: Ref<HTMLElement | null>) {
  const width = ref(0)
  const height = ref(0)
  let observer: ResizeObserver | null = null

  const measure = () => {
    const box = element.value?.getBoundingClientRect()
    width.value = Math.ceil(box?.width ?? 0)
    height.value = Math.ceil(box?.height ?? 0)
  }

  onMounted(() => {
    measure()
    observer = new ResizeObserver(measure)
    if (element.value) observer.observe(element.value)
  })
  onBeforeUnmount(() => observer?.disconnect())
  return { width, height }
}
