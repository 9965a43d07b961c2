import type { CallName, Handlers, Reply, ReplyValue, Request } from '../contract/api.ts'
import { err, ok } from '../contract/result.ts'
import { isStorageFailure, storageSentence } from '../progress/storageSentence.ts'
import { type CallContext, CallRefused } from './context.ts'
import { act } from './handlers/act.ts'
import { home } from './handlers/home.ts'
import { listHostFiles, readHostFile } from './handlers/hostFiles.ts'
import { completeLine, filmOf, stageAt, tileFacts } from './handlers/looks.ts'
import { openLevel } from './handlers/openLevel.ts'
import { renamePlayer, saveSettings } from './handlers/player.ts'
import { answerQuestion, openQuiz } from './handlers/quiz.ts'

/** Every call of the contract. What fails as expected is a typed error; only a bug of ours throws. */
export function handlersOf<S>(context: CallContext<S>): Handlers {
  const answer = answerWith(context)
  return {
    getHome: answer<'getHome'>(() => home(context)),
    saveSettings: answer<'saveSettings'>(({ settings }) => saveSettings(context, settings)),
    renamePlayer: answer<'renamePlayer'>(({ name }) => renamePlayer(context, name)),
    openLevel: answer<'openLevel'>(({ levelId }) => openLevel(context, levelId)),
    runLine: answer<'runLine'>(({ attemptId, line }) =>
      act(context, attemptId, { type: 'line', line }),
    ),
    answerPrediction: answer<'answerPrediction'>(({ attemptId, ...given }) =>
      act(context, attemptId, { type: 'predict', ...given }),
    ),
    answerExplanation: answer<'answerExplanation'>(({ attemptId, ...given }) =>
      act(context, attemptId, { type: 'explain', ...given }),
    ),
    takeHint: answer<'takeHint'>(({ attemptId }) => act(context, attemptId, { type: 'hint' })),
    listHostFiles: answer<'listHostFiles'>((request) => listHostFiles(context, request)),
    readHostFile: answer<'readHostFile'>((request) => readHostFile(context, request)),
    writeHostFile: answer<'writeHostFile'>(({ attemptId, path, text }) =>
      act(context, attemptId, { type: 'edit', path, text }),
    ),
    undo: answer<'undo'>(({ attemptId }) => act(context, attemptId, { type: 'undo' })),
    redo: answer<'redo'>(({ attemptId }) => act(context, attemptId, { type: 'redo' })),
    resetLevel: answer<'resetLevel'>(({ attemptId }) => act(context, attemptId, { type: 'reset' })),
    showStep: answer<'showStep'>(({ attemptId, step }) =>
      act(context, attemptId, { type: 'showStep', step }),
    ),
    filmOf: answer<'filmOf'>((request) => filmOf(context, request)),
    stageAt: answer<'stageAt'>((request) => stageAt(context, request)),
    tileFacts: answer<'tileFacts'>((request) => tileFacts(context, request)),
    completeLine: answer<'completeLine'>((request) => completeLine(context, request)),
    openQuiz: answer<'openQuiz'>(({ again }) => openQuiz(context, again)),
    answerQuestion: answer<'answerQuestion'>((request) => answerQuestion(context, request)),
  }
}

const answerWith =
  <S>({ log }: CallContext<S>) =>
  <K extends CallName>(handle: (request: Request<K>) => ReplyValue<K>) =>
  (request: Request<K>): Reply<K> => {
    try {
      return ok(handle(request))
    } catch (cause) {
      if (cause instanceof CallRefused) return { ok: false, error: cause.error }
      if (!isStorageFailure(cause)) throw cause
      log.error('progress could not be read or written', cause)
      return err(
        'storage-failed',
        `This could not be saved and was not done: ${storageSentence(cause)} Everything before it is safe.`,
      )
    }
  }
