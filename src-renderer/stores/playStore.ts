import type {
  FileListView,
  PlayReply,
  PlayView,
  Result,
  StageView,
  StepFilm,
  TileFacts,
} from '@contract/api.ts'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { type GameError, gameApi } from '../gameApi.ts'

/** A reply whose film is still to be watched; `view` is what holds once it has ended. */
export interface Showing {
  readonly film: StepFilm
  readonly view: PlayView
}

/**
 * The level being played. What the game answered is either on the screen (`view`) or still being
 * shown (`showing`): goals, numbers and outputs change only when their film has ended.
 */
export const usePlayStore = defineStore('play', () => {
  const view = shallowRef<PlayView | null>(null)
  const showing = shallowRef<Showing | null>(null)
  const loading = ref(false)
  const openError = shallowRef<GameError | null>(null)
  const actionError = shallowRef<GameError | null>(null)
  const busy = ref(false)
  /** The line that was sent and is not answered or not shown to its end yet. */
  const runningLine = ref<string | null>(null)
  /** The line that waits for a prediction before it runs. */
  const heldLine = ref<string | null>(null)
  /** False while nothing can play films: then replies are shown at once. */
  const canPlayFilms = ref(false)

  /** Where a world without a task was opened; null for a level of the campaign. */
  const origin = ref<'sandbox' | 'quiz' | 'review' | null>(null)

  const attemptId = computed(() => view.value?.attemptId ?? '')

  /** Ends the film that is being shown; its result holds from here on. */
  function settle(): void {
    if (!showing.value) return
    view.value = showing.value.view
    showing.value = null
    runningLine.value = null
  }

  function take(reply: PlayReply): void {
    const known = showing.value?.view ?? view.value
    if (known && known.attemptId === reply.view.attemptId && reply.view.revision < known.revision)
      return
    settle()
    noteHeldLine(reply.view)
    if (reply.film && reply.film.frames.length > 0 && canPlayFilms.value && view.value) {
      showing.value = { film: reply.film, view: reply.view }
      return
    }
    view.value = reply.view
    runningLine.value = null
  }

  /** A line that was sent, left no entry, and met an open prediction: the game keeps it. */
  function noteHeldLine(next: PlayView): void {
    const before = view.value?.terminal.length ?? 0
    const isAsked = next.predictions.some((prediction) => prediction.state === 'open')
    if (next.terminal.length > before || !isAsked) heldLine.value = null
    else if (runningLine.value !== null) heldLine.value = runningLine.value
  }

  /** Grows with everything that is opened or left: what was asked before is not shown any more. */
  let visit = 0

  async function open(levelId: string): Promise<void> {
    close()
    const mine = visit
    loading.value = true
    // What was asked for and not answered yet is part of how the level is found.
    await waiting
    const reply = await gameApi().openLevel({ levelId })
    if (mine !== visit) return
    loading.value = false
    openError.value = reply.ok ? null : reply.error
    if (reply.ok) view.value = reply.value.view
  }

  /** The level as it stands, told anew: the language is another. A world without a task is left. */
  async function retell(): Promise<void> {
    const levelId = view.value?.level.id
    if (origin.value !== null) close()
    else if (levelId !== undefined) await open(levelId)
  }

  /** Takes what was opened elsewhere: a world of the sandbox, the experiment behind an answer. */
  function adopt(reply: PlayReply, from: 'sandbox' | 'quiz' | 'review'): void {
    close()
    view.value = reply.view
    origin.value = from
  }

  function close(): void {
    visit += 1
    loading.value = false
    busy.value = false
    view.value = null
    origin.value = null
    showing.value = null
    openError.value = null
    actionError.value = null
    runningLine.value = null
    heldLine.value = null
  }

  let waiting: Promise<unknown> = Promise.resolve()

  interface Attempt {
    readonly attemptId: string
  }

  /**
   * One action after the other: a reply always belongs to the state it was asked for. An action goes
   * to the attempt on which it was asked for, also when that was left before its turn came.
   */
  function act(
    send: (attempt: Attempt) => Promise<Result<PlayReply, GameError>>,
    line: string | null = null,
  ): Promise<boolean> {
    if (!view.value) return Promise.resolve(false)
    const attempt = onAttempt()
    const asked = visit
    const mine = waiting.then(async () => {
      if (asked === visit) {
        settle()
        busy.value = true
        if (line !== null) runningLine.value = line
      }
      const reply = await send(attempt)
      if (asked !== visit) return reply.ok
      busy.value = false
      actionError.value = reply.ok ? null : reply.error
      if (reply.ok) take(reply.value)
      else runningLine.value = null
      return reply.ok
    })
    // Whoever asked is told of a failure; the next action does not wait for it for ever.
    waiting = mine.catch(() => {})
    return mine
  }

  const onAttempt = () => ({ attemptId: attemptId.value })

  const run = (line: string) => act((attempt) => gameApi().runLine({ ...attempt, line }), line)
  const undo = () => act((attempt) => gameApi().undo(attempt))
  const redo = () => act((attempt) => gameApi().redo(attempt))
  const reset = () => act((attempt) => gameApi().resetLevel(attempt))
  const takeBranch = (branchId: number) =>
    act((attempt) => gameApi().takeBranch({ ...attempt, branchId }))
  const takeHint = () => act((attempt) => gameApi().takeHint(attempt))
  /** The film to a step, where there is one, has been shown before the step is asked for. */
  const showStep = (step: number) =>
    act(async (attempt) => {
      const reply = await gameApi().showStep({ ...attempt, step })
      return reply.ok ? { ok: true, value: { view: reply.value.view, film: null } } : reply
    })
  const predict = (predictionId: string, answer: string | null, sure: boolean) =>
    act((attempt) => gameApi().answerPrediction({ ...attempt, predictionId, answer, sure }))
  const mark = (marks: Readonly<Record<string, 'durable' | 'disposable' | 'shared'>>) =>
    act((attempt) => gameApi().answerMarks({ ...attempt, marks }))
  const explain = (chain: { cause: string; mechanism: string; consequence: string }) =>
    act((attempt) => gameApi().answerExplanation({ ...attempt, ...chain }))

  async function listHostFiles() {
    const reply = await gameApi().listHostFiles(onAttempt())
    return reply.ok ? reply.value.files : null
  }

  async function readHostFile(path: string): Promise<string | null> {
    const reply = await gameApi().readHostFile({ ...onAttempt(), path })
    return reply.ok ? reply.value.text : null
  }

  const writeHostFile = (path: string, text: string) =>
    act((attempt) => gameApi().writeHostFile({ ...attempt, path, text }))

  async function filmOf(fromStep: number, toStep: number): Promise<StepFilm | null> {
    const reply = await gameApi().filmOf({ ...onAttempt(), fromStep, toStep })
    if (!reply.ok) actionError.value = reply.error
    return reply.ok ? reply.value : null
  }

  async function stageAt(step: number): Promise<StageView | null> {
    const reply = await gameApi().stageAt({ ...onAttempt(), step })
    return reply.ok ? reply.value : null
  }

  async function tileFacts(tileId: string): Promise<TileFacts | null> {
    const step = view.value?.timeline.shownStep ?? 0
    const reply = await gameApi().tileFacts({ ...onAttempt(), step, tileId })
    return reply.ok ? reply.value : null
  }

  /** A page of the merged tree as it was at the step that is shown; null: no answer. */
  async function listFiles(
    words: string,
    from: number,
    container?: string,
  ): Promise<FileListView | null> {
    const step = view.value?.timeline.shownStep ?? 0
    const reply = await gameApi().listFiles({ ...onAttempt(), step, words, from, container })
    return reply.ok ? reply.value : null
  }

  async function complete(text: string, cursor: number) {
    const reply = await gameApi().completeLine({ ...onAttempt(), text, cursor })
    return reply.ok ? reply.value : null
  }

  return {
    view,
    showing,
    loading,
    openError,
    actionError,
    busy,
    runningLine,
    heldLine,
    canPlayFilms,
    origin,
    open,
    retell,
    adopt,
    close,
    settle,
    run,
    undo,
    redo,
    reset,
    takeHint,
    takeBranch,
    showStep,
    predict,
    explain,
    mark,
    listFiles,
    listHostFiles,
    readHostFile,
    writeHostFile,
    filmOf,
    stageAt,
    tileFacts,
    complete,
  }
})
