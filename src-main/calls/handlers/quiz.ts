import type { QuizView } from '../../contract/api.ts'
import {
  appendQuizAnswer,
  bestQuizScore,
  createQuizAttempt,
  latestQuizAttempt,
  quizAnswers,
  quizAttemptByUuid,
} from '../../progress/quizRepo.ts'
import type { QuizAttemptRow } from '../../progress/rows.ts'
import {
  type CallContext,
  catalogueOf,
  newSeed,
  playerOf,
  refuse,
  save,
  settingsOf,
  stationOf,
} from '../context.ts'
import { putLearned, putMissed } from '../deck.ts'
import { isQuizOpen } from '../unlocking.ts'

/** The knowledge check that was begun, or a new one: the first, or `again` after a finished one. */
export function openQuiz<S>(context: CallContext<S>, again: boolean): QuizView {
  const { db } = context.store
  const player = playerOf(context)
  const latest = latestQuizAttempt(db, player.id)
  const isFinished = latest !== null && quizAnswers(db, latest.id).length >= latest.questions
  const { locale } = settingsOf(context, player)
  const questions = context.engine.quizQuestionIds(locale).length
  // One begun before an update brought other questions can never be finished.
  const isCurrent = latest !== null && (isFinished || latest.questions === questions)
  if (isCurrent && !(again && isFinished)) return viewQuiz(context, latest)
  if (!isQuizOpen(db, player, catalogueOf(context, player))) {
    return refuse('not-allowed', 'The knowledge check opens when every level is solved.')
  }
  if (questions === 0) return refuse('not-found', 'There are no questions.')
  const attempt = save(context, () =>
    createQuizAttempt(db, {
      uuid: context.randomId(),
      player: player.id,
      seed: newSeed(context),
      locale,
      station: stationOf(context),
      questions,
      at: context.now(),
    }),
  )
  return viewQuiz(context, attempt)
}

export interface GivenAnswer {
  readonly attemptId: string
  readonly questionId: string
  readonly optionId: string
  readonly sure: boolean
}

/** The first answer to a question counts and stays. */
export function answerQuestion<S>(context: CallContext<S>, given: GivenAnswer): QuizView {
  const { db } = context.store
  const attempt = quizAttemptByUuid(db, given.attemptId)
  if (!attempt || attempt.player !== playerOf(context).id) {
    return refuse('not-found', 'This knowledge check is not there any more.')
  }
  const isAsked = context.engine.quizQuestionIds(attempt.locale).includes(given.questionId)
  const right = isAsked ? context.engine.gradeAnswer(given.questionId, given.optionId) : null
  if (right === null) return refuse('not-found', 'There is no such question or answer.')
  const answers = quizAnswers(db, attempt.id)
  if (answers.some(({ question_id }) => question_id === given.questionId)) {
    return refuse('conflict', 'This question is answered already.')
  }
  const answer = { ...given, right, at: context.now() }
  const player = playerOf(context)
  save(context, () => {
    appendQuizAnswer(db, attempt, answers.length, answer)
    if (right) putLearned(db, player, [given.questionId], answer.at)
    else putMissed(db, player, [given.questionId], answer.at)
  })
  return viewQuiz(context, attempt)
}

function viewQuiz<S>(context: CallContext<S>, attempt: QuizAttemptRow): QuizView {
  const { locale } = settingsOf(context, playerOf(context))
  const { db } = context.store
  const answers = quizAnswers(db, attempt.id)
  const chosen = new Map(answers.map((answer) => [answer.question_id, answer.option_id]))
  const isFinished = answers.length >= attempt.questions
  const right = answers.filter(({ is_right }) => is_right === 1).length
  return {
    attemptId: attempt.uuid,
    questions: context.engine.quizQuestions(attempt.seed, locale, chosen),
    score: isFinished ? { right, of: attempt.questions } : null,
    bestScore: bestQuizScore(db, attempt.player),
  }
}
