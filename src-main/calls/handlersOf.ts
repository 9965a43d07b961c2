import type { Handlers } from '../contract/api.ts'
import { answerWith } from './answerWith.ts'
import type { CallContext } from './context.ts'
import { act } from './handlers/act.ts'
import { broughtCalls } from './handlers/brought.ts'
import { home } from './handlers/home.ts'
import { hostCalls } from './handlers/hostCalls.ts'
import { listHostFiles, readHostFile } from './handlers/hostFiles.ts'
import { kioskCalls } from './handlers/kioskCalls.ts'
import { completeLine, filmOf, listFiles, stageAt, tileFacts } from './handlers/looks.ts'
import { openLevel } from './handlers/openLevel.ts'
import { playerCalls } from './handlers/playerCalls.ts'
import { answerQuestion, openQuiz } from './handlers/quiz.ts'
import { reviewCalls } from './handlers/review.ts'
import { sandboxCalls } from './handlers/sandbox.ts'
import { saveSettings } from './handlers/settings.ts'

/** Every call of the contract. What fails as expected is a typed error; only a bug of ours throws. */
export function handlersOf<S>(context: CallContext<S>): Handlers {
  const answer = answerWith(context)
  return {
    getHome: answer<'getHome'>(() => home(context)),
    saveSettings: answer<'saveSettings'>(({ settings }) => saveSettings(context, settings)),
    ...playerCalls(context),
    ...broughtCalls(context),
    ...hostCalls(context),
    ...kioskCalls(context),
    ...reviewCalls(context),
    ...sandboxCalls(context),
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
    answerMarks: answer<'answerMarks'>(({ attemptId, marks }) =>
      act(context, attemptId, { type: 'mark', marks }),
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
    takeBranch: answer<'takeBranch'>(({ attemptId, branchId }) =>
      act(context, attemptId, { type: 'branch', branchId }),
    ),
    showStep: answer<'showStep'>(({ attemptId, step }) =>
      act(context, attemptId, { type: 'showStep', step }),
    ),
    filmOf: answer<'filmOf'>((request) => filmOf(context, request)),
    stageAt: answer<'stageAt'>((request) => stageAt(context, request)),
    tileFacts: answer<'tileFacts'>((request) => tileFacts(context, request)),
    listFiles: answer<'listFiles'>((request) => listFiles(context, request)),
    completeLine: answer<'completeLine'>((request) => completeLine(context, request)),
    openQuiz: answer<'openQuiz'>(({ again }) => openQuiz(context, again)),
    answerQuestion: answer<'answerQuestion'>((request) => answerQuestion(context, request)),
  }
}
