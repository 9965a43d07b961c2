import { onBeforeUnmount, onMounted } from 'vue'
import { usePlaybackStore } from '../stores/playbackStore.ts'

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'Fn'])

/**
 * Any key or tap ends a running film. The key still does what it does: what one types while a film
 * runs is not lost. Controls of the film itself (`data-film-control`) decide for themselves.
 */
export function useFilmSkip(): void {
  const playback = usePlaybackStore()
  const isControl = (event: Event) =>
    event.target instanceof Element && event.target.closest('[data-film-control]') !== null

  const onKey = (event: KeyboardEvent) => {
    if (!playback.isPlaying || event.repeat || MODIFIERS.has(event.key)) return
    if (isControl(event) && event.key !== 'Escape') return
    playback.finish()
  }
  const onPointer = (event: PointerEvent) => {
    if (playback.isPlaying && !isControl(event)) playback.finish()
  }

  onMounted(() => {
    window.addEventListener('keydown', onKey, true)
    window.addEventListener('pointerdown', onPointer, true)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', onKey, true)
    window.removeEventListener('pointerdown', onPointer, true)
  })
}
