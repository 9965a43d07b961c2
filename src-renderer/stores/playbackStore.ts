import type { StageView, StepFilm, StepFrame } from '@contract/api.ts'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { filmSubject } from './filmSubject.ts'
import { usePlayStore } from './playStore.ts'
import { useSettingsStore } from './settingsStore.ts'
import type { FilmHandle, StagePort } from './stagePort.ts'

interface Running {
  readonly film: StepFilm
  readonly handle: FilmHandle
}

/**
 * Drives the drawn stage: films of commands, playing and scrubbing of the timeline. The stage
 * itself stays outside of reactive state. Nothing starts here that the player did not ask for.
 */
export const usePlaybackStore = defineStore('playback', () => {
  const play = usePlayStore()
  const settings = useSettingsStore()
  let stage: StagePort | null = null
  let running: Running | null = null

  const isPlaying = ref(false)
  /** Name of the container that is drawn large; null: the level's own. A redeploy keeps it. */
  const focusName = ref<string | null>(null)
  /** The frame on the stage while a film runs, and the last one after it. */
  const frame = shallowRef<StepFrame | null>(null)
  const scrubStep = ref<number | null>(null)
  const filmStep = ref<number | null>(null)

  /** The stage with the container in focus first; the stage as it is when there is none. */
  function inFocus(view: StageView): StageView {
    const wanted = view.containers.find((container) => container.name === focusName.value)
    if (!wanted || wanted === view.containers[0]) return view
    const others = view.containers.filter((container) => container !== wanted)
    return { ...view, containers: [wanted, ...others] }
  }

  function focusOn(name: string | null): void {
    focusName.value = name
    if (play.view && !running) stage?.show(inFocus(play.view.stage))
  }

  const timeline = computed(() => (play.showing?.view ?? play.view)?.timeline ?? null)
  const shownStep = computed(
    () => scrubStep.value ?? filmStep.value ?? timeline.value?.shownStep ?? 0,
  )
  const stepLabel = computed(() => {
    for (const command of timeline.value?.commands ?? []) {
      const mark = command.steps.find((one) => one.step === shownStep.value)
      if (mark) return mark.label
    }
    return null
  })

  function stopFilm(): void {
    const stopped = running
    running = null
    isPlaying.value = false
    filmStep.value = null
    stopped?.handle.finish()
  }

  /** True when the film came to its end; false when something else took its place. */
  async function runFilm(film: StepFilm): Promise<boolean> {
    stopFilm()
    const first = film.frames[0]
    if (!stage || !first) return true
    // What a line does is seen where it happens, also when another container stood large.
    const [start] = film.stages
    focusName.value =
      filmSubject(film, start && inFocus(start).containers[0]?.name) ?? focusName.value
    const onStep = (step: number) => {
      frame.value = film.frames.find((one) => one.step === step) ?? frame.value
      filmStep.value = step
    }
    isPlaying.value = true
    onStep(first.step)
    const mine: Running = {
      film,
      handle: stage.play(
        { ...film, stages: film.stages.map(inFocus) },
        { speed: settings.settings.speed, onStep },
      ),
    }
    running = mine
    await mine.handle.finished
    if (running !== mine) return false
    running = null
    isPlaying.value = false
    const last = film.frames.at(-1)
    frame.value = last ?? null
    // A film that was cut short ends at its last step: step and words go together.
    if (last) filmStep.value = last.step
    return true
  }

  async function playShowing(): Promise<void> {
    const showing = play.showing
    if (!showing) return
    const ended = await runFilm(showing.film)
    if (ended && play.showing === showing) play.settle()
    if (ended) filmStep.value = null
  }

  watch(
    () => play.showing,
    (showing) => {
      if (showing) void playShowing()
      else if (running) stopFilm()
    },
    { flush: 'sync' },
  )
  watch(
    () => play.view,
    (view) => {
      if (view && !running) stage?.show(inFocus(view.stage))
    },
  )
  watch(
    () => settings.settings.speed,
    (speed) => stage?.setSpeed(speed),
  )
  watch(
    () => play.view?.attemptId,
    () => {
      frame.value = null
      focusName.value = null
    },
  )

  /** Ends what is moving, in the state it would have reached. */
  const finish = () => running?.handle.finish()

  function attach(drawn: StagePort): void {
    stage = drawn
    play.canPlayFilms = true
    if (play.view) drawn.show(inFocus(play.view.stage))
  }

  function detach(): void {
    stopFilm()
    play.settle()
    play.canPlayFilms = false
    scrubStep.value = null
    stage = null
  }

  /** Stops where the film is and stays there. */
  async function pause(): Promise<void> {
    const at = filmStep.value
    if (!running || at === null) return
    stopFilm()
    play.settle()
    await play.showStep(at)
  }

  /** Plays what comes after one step, up to another. */
  async function playTo(from: number, to: number): Promise<void> {
    const attemptId = play.view?.attemptId
    const film = stage ? await play.filmOf(from + 1, to) : null
    // Left meanwhile: neither the film nor the step is one of what is shown now.
    if (play.view?.attemptId !== attemptId) return
    if (film && !(await runFilm(film))) return
    await play.showStep(to)
    filmStep.value = null
  }

  async function stepForward(): Promise<void> {
    if (running) return pause()
    const at = shownStep.value
    if (at < (timeline.value?.totalSteps ?? 0)) await playTo(at, at + 1)
  }

  async function stepBack(): Promise<void> {
    if (running) await pause()
    frame.value = null
    if (shownStep.value > 0) await play.showStep(shownStep.value - 1)
  }

  /** From here to the end; at the end, the last command once more. */
  async function playOn(): Promise<void> {
    const line = timeline.value
    if (!line || line.totalSteps === 0) return
    const last = line.commands.at(-1)
    const atEnd = shownStep.value >= line.totalSteps
    await playTo(atEnd ? (last?.firstStep ?? 1) - 1 : shownStep.value, line.totalSteps)
  }

  const toggle = () => (isPlaying.value ? pause() : playOn())

  async function jump(step: number): Promise<void> {
    stopFilm()
    play.settle()
    frame.value = null
    await play.showStep(step)
  }

  let asked: number | null = null
  /** While dragging: shows the newest position asked for, as fast as answers come. */
  async function scrub(step: number): Promise<void> {
    if (running) {
      stopFilm()
      play.settle()
    }
    frame.value = null
    scrubStep.value = step
    if (asked !== null) return
    while (scrubStep.value !== null && scrubStep.value !== asked) {
      asked = scrubStep.value
      const picture = await play.stageAt(asked)
      if (picture && scrubStep.value !== null) stage?.show(inFocus(picture))
    }
    asked = null
  }

  async function endScrub(): Promise<void> {
    const step = scrubStep.value
    if (step === null) return
    const isThere = await play.showStep(step)
    scrubStep.value = null
    // What was looked at in passing does not stay beside the words of another step.
    if (!isThere && play.view && !running) stage?.show(inFocus(play.view.stage))
  }

  return {
    isPlaying,
    frame,
    timeline,
    shownStep,
    stepLabel,
    inFocus,
    focusOn,
    attach,
    detach,
    finish,
    pause,
    stepForward,
    stepBack,
    playOn,
    toggle,
    jump,
    scrub,
    endScrub,
  }
})
