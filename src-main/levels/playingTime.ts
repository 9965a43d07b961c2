import type { Level } from './level.ts'

/** Words a minute of somebody who reads to understand. */
const WORDS_A_MINUTE = 200
/** Seconds to decide on one thing and do it, by touch. */
const SECONDS_AN_ACTION = 5

const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length

const total = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + wordsIn(text), 0)

/** One of several texts is read; which one is not known. */
const oneOf = (texts: readonly string[]): number =>
  texts.length === 0 ? 0 : total(texts) / texts.length

/** Words on the way through the first solution, each read once; hints and wrong moves aside. */
const wordsOnTheWay = ({ texts }: Level): number => {
  const { title, story, goals, predictions, explanation, marks, debrief } = texts
  const asked = Object.values(predictions).map(
    ({ question, options, feedback, explanation: why }) =>
      total([question, ...Object.values(options), why]) + oneOf(Object.values(feedback)),
  )
  const slots =
    explanation === null
      ? []
      : [explanation.cause, explanation.mechanism, explanation.consequence].map(
          ({ options, feedback }) => total(Object.values(options)) + oneOf(Object.values(feedback)),
        )
  return [
    total([title, ...story, ...Object.values(goals)]),
    ...asked,
    explanation === null ? 0 : wordsIn(explanation.question),
    ...slots,
    marks === null ? 0 : total([marks.question, ...Object.values(marks.paths)]),
    total([...debrief.happened, debrief.rule, ...Object.values(debrief.numbers)]),
  ].reduce((sum, words) => sum + words, 0)
}

/**
 * Minutes for a level, for somebody who reads every word once and makes no detour. The films are not
 * in it: they run while one reads, and can be ended.
 */
export const playingMinutes = (level: Level): number => {
  const { solutions, predictions } = level.data
  const actions = (solutions[0]?.lines.length ?? 0) + predictions.length
  return wordsOnTheWay(level) / WORDS_A_MINUTE + (actions * SECONDS_AN_ACTION) / 60
}
