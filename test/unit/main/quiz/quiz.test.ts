import { describe, expect, it } from 'vitest'
import { questions, questionTexts, quizLocales } from '../../../../src-main/quiz/questions.ts'
import { gradeAnswer, quizQuestionIds, quizQuestions } from '../../../../src-main/quiz/quiz.ts'

const order = (seed: number) =>
  quizQuestions(seed, 'en', new Map()).map((question) => question.options.map(({ id }) => id))

describe('the knowledge check', () => {
  it('asks the four questions of the chapter', () => {
    expect(quizQuestionIds('en')).toHaveLength(4)
  })

  it('shuffles options by the seed, the same way every time', () => {
    expect(order(7)).toEqual(order(7))
    const orders = new Set([1, 2, 3, 4, 5].map((seed) => JSON.stringify(order(seed))))
    expect(orders.size).toBeGreaterThan(1)
  })

  it('does not give the right option a place of its own', () => {
    const places = Array.from({ length: 200 }, (_, seed) => {
      const [first] = quizQuestions(seed, 'en', new Map())
      return first?.options.findIndex((option) => gradeAnswer(first.id, option.id) === true)
    })
    for (const place of [0, 1, 2, 3]) {
      expect(places.filter((one) => one === place).length).toBeGreaterThan(25)
    }
  })

  it('keeps the truth to itself until a question is answered', () => {
    const [first] = quizQuestions(3, 'en', new Map())
    expect(first?.options.map(({ feedback, right }) => [feedback, right])).toEqual(
      Array.from({ length: 4 }, () => [null, null]),
    )
  })

  it('gives feedback on every option once it is answered', () => {
    const answers = new Map([['delete-lower-file', 'reclaimed']])
    const view = quizQuestions(3, 'en', answers).find(({ id }) => id === 'delete-lower-file')
    expect(view?.right).toBe(false)
    expect(view?.options.every(({ feedback }) => feedback !== null)).toBe(true)
    expect(view?.options.filter(({ right }) => right === true).map(({ id }) => id)).toEqual([
      'whiteout',
    ])
  })

  it('grades by id and knows what it does not know', () => {
    expect(gradeAnswer('where-writes-go', 'writable-layer')).toBe(true)
    expect(gradeAnswer('where-writes-go', 'volume')).toBe(false)
    expect(gradeAnswer('where-writes-go', 'nothing-like-it')).toBeNull()
    expect(gradeAnswer('no-question', 'volume')).toBeNull()
  })
})

describe('every question', () => {
  it('has exactly one right option and an id of its own', () => {
    for (const question of questions) {
      expect(
        question.options.filter(({ right }) => right),
        question.id,
      ).toHaveLength(1)
    }
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length)
    expect(questions.filter(({ deck }) => deck === 'review').length).toBeGreaterThanOrEqual(16)
  })

  it('has words for all of it in every language', () => {
    for (const locale of quizLocales) {
      const texts = questionTexts(locale)
      expect(Object.keys(texts).sort()).toEqual(questions.map(({ id }) => id).sort())
      for (const { id, options } of questions) {
        expect(Object.keys(texts[id]?.options ?? {}).sort()).toEqual(
          options.map((option) => option.id).sort(),
        )
      }
    }
  })

  it('does not betray the right option by its length', () => {
    const longest = questions.filter(({ id, options }) => {
      const words = questionTexts('en')[id]?.options ?? {}
      const lengths = options.map((option) => ({
        right: option.right,
        length: words[option.id]?.text.length ?? 0,
      }))
      const most = Math.max(...lengths.map(({ length }) => length))
      return lengths.some(({ right, length }) => right && length === most)
    })
    // Four options: by chance a quarter. Twice that would be a cue.
    expect(longest.length).toBeLessThanOrEqual(questions.length / 2)
  })
})
