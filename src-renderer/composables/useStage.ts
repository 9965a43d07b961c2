import { onBeforeUnmount, onMounted, type Ref, ref, watch } from 'vue'
import { usePlaybackStore } from '../stores/playbackStore.ts'
import { useSettingsStore } from '../stores/settingsStore.ts'
import type { MakeStage, StagePort, StagePortOptions } from '../stores/stagePort.ts'
import { useReducedMotion } from './useReducedMotion.ts'
import { useTheme } from './useTheme.ts'

export type StageEvents = Pick<
  StagePortOptions,
  'onTile' | 'onTileHover' | 'onDropVolume' | 'onContainer'
>

/** `?renderer=` of the host wins over the player's setting. */
export const rendererOf = (setting: StagePortOptions['renderer']): StagePortOptions['renderer'] => {
  const asked = new URLSearchParams(window.location.search).get('renderer')
  return asked === 'webgl' || asked === 'canvas' ? asked : setting
}

/** The root's font size says both: the player's text size and how large the screen is. */
export const rootScale = (): number => {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return size > 0 ? size / 16 : 1
}

/** Makes the drawn stage in an element, keeps it in step with settings, and frees it. */
export function useStage(host: Ref<HTMLElement | null>, make: MakeStage, events: StageEvents) {
  const playback = usePlaybackStore()
  const settings = useSettingsStore()
  const theme = useTheme()
  const reducedMotion = useReducedMotion()
  /** Depends on the setting, so that it is measured again when that changes. */
  const textScale = () => (settings.settings.textSize > 0 ? rootScale() : 1)
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  let stage: StagePort | null = null
  let gone = false
  let observer: ResizeObserver | null = null
  let insets: Parameters<StagePort['setInsets']>[0] | null = null

  const take = async (element: HTMLElement, renderer: StagePortOptions['renderer']) => {
    try {
      const made = await make({
        host: element,
        renderer,
        theme: theme.value,
        reducedMotion: reducedMotion.value,
        textScale: textScale(),
        ...events,
        onGone: () => {
          // A device that does not come back is not asked again: the canvas needs none.
          leave()
          if (renderer === 'canvas') state.value = 'failed'
          else void take(element, 'canvas')
        },
      })
      if (gone) return made.destroy()
      stage = made
    } catch (cause) {
      // Without a picture the list says the same; the log keeps the cause.
      console.warn('the stage cannot be drawn', cause)
      state.value = 'failed'
      return
    }
    if (insets) stage.setInsets(insets)
    playback.attach(stage)
    state.value = 'ready'
  }

  const leave = () => {
    if (!stage) return
    playback.detach()
    stage.destroy()
    stage = null
  }

  onMounted(async () => {
    const element = host.value
    if (!element) return
    await take(element, rendererOf(settings.settings.renderer))
    if (gone || !stage) return
    observer = new ResizeObserver(() =>
      requestAnimationFrame(() => {
        stage?.setTextScale(textScale())
        stage?.resize()
      }),
    )
    // In the screen's own pixels: a window on another screen has other ones, and the same size.
    observer.observe(element, { box: 'device-pixel-content-box' })
  })

  watch(textScale, (value) => stage?.setTextScale(value), { flush: 'post' })
  watch(theme, (value) => stage?.setTheme(value))
  watch(reducedMotion, (value) => stage?.setReducedMotion(value))

  onBeforeUnmount(() => {
    gone = true
    observer?.disconnect()
    leave()
  })

  return {
    state,
    focusTile: (tileId: string | null) => stage?.focusTile(tileId),
    setInsets: (value: Parameters<StagePort['setInsets']>[0]) => {
      insets = value
      stage?.setInsets(value)
    },
    fit: () => stage?.fit(),
    zoomBy: (factor: number) => stage?.zoomBy(factor),
  }
}
