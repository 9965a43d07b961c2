import type { StepFilm, StepFrame } from '@contract/api.ts'
import { onBeforeUnmount, onMounted, type Ref, ref, shallowRef, watch } from 'vue'
import { useKioskStore } from '../stores/kioskStore.ts'
import { useSettingsStore } from '../stores/settingsStore.ts'
import type { MakeStage, StagePort } from '../stores/stagePort.ts'
import { holdFor } from './demoPace.ts'
import { usePixelSize } from './usePixelSize.ts'
import { useReducedMotion } from './useReducedMotion.ts'
import { rendererOf, rootScale } from './useStage.ts'
import { useTheme } from './useTheme.ts'

/** After a level has been shown to its end. */
const PAUSE_MS = 5000
/** Until the next try when there was nothing to be shown. */
const RETRY_MS = 10_000

/** One step as a film of its own, so that it can stand until its words are read. */
const only = (film: StepFilm, at: number): StepFilm => {
  const frame = film.frames[at] as StepFrame
  const before = film.stages[film.frames[at - 1]?.stage ?? 0]
  const after = film.stages[frame.stage]
  const stages = [before, after].filter((stage) => stage !== undefined)
  return {
    firstStep: frame.step,
    frames: [{ ...frame, stage: stages.length - 1 }],
    stages,
  }
}

/**
 * Levels that play by themselves on a stage of their own, one after the other, with words for each
 * step. With reduced motion every step is a still picture.
 */
export function useDemo(host: Ref<HTMLElement | null>, make: MakeStage) {
  const kiosk = useKioskStore()
  const settings = useSettingsStore()
  const theme = useTheme()
  const reduced = useReducedMotion()
  const size = usePixelSize(host)
  const state = ref<'loading' | 'playing' | 'failed'>('loading')
  const title = ref('')
  const line = ref('')
  const frame = shallowRef<StepFrame | null>(null)
  let stage: StagePort | null = null
  let gone = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds)
    })

  async function showStep(film: StepFilm, at: number): Promise<void> {
    const before = frame.value
    const now = film.frames[at] as StepFrame
    frame.value = now
    const picture = film.stages[now.stage]
    if (reduced.value && picture) stage?.show(picture)
    else await stage?.play(only(film, at), { speed: 1 }).finished
    await pause(holdFor(now, before))
  }

  async function showLevel(turn: number): Promise<boolean> {
    const demo = await kiosk.loadDemo(turn)
    const first = demo?.parts[0]?.film.stages[0]
    if (!demo || !first || gone) return false
    stage?.show(first)
    stage?.fit()
    title.value = demo.title
    state.value = 'playing'
    for (const part of demo.parts) {
      line.value = part.line
      for (const at of part.film.frames.keys()) {
        await showStep(part.film, at)
        if (gone) return true
      }
    }
    return true
  }

  async function run(): Promise<void> {
    for (let turn = 0; !gone; turn += 1) {
      const shown = await showLevel(turn)
      if (gone) return
      if (!shown) state.value = 'failed'
      await pause(shown ? PAUSE_MS : RETRY_MS)
    }
  }

  onMounted(async () => {
    if (!host.value) return
    try {
      stage = await make({
        host: host.value,
        renderer: rendererOf(settings.settings.renderer),
        theme: theme.value,
        reducedMotion: reduced.value,
        textScale: rootScale(),
        onTile: () => {},
        onTileHover: () => {},
        onDropVolume: () => {},
      })
    } catch (cause) {
      // Words and the button remain; the log keeps the cause.
      console.warn('the stage cannot be drawn', cause)
    }
    if (gone) stage?.destroy()
    else void run()
  })
  onBeforeUnmount(() => {
    gone = true
    clearTimeout(timer)
    stage?.destroy()
  })

  watch([size.width, size.height], () => {
    stage?.setTextScale(rootScale())
    stage?.resize()
  })
  watch(theme, (value) => stage?.setTheme(value))
  watch(reduced, (value) => stage?.setReducedMotion(value))

  return { state, title, line, frame }
}
