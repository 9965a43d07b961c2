import { describe, expect, it } from 'vitest'
import { questions, questionTexts, quizLocales } from '../../../../src-main/quiz/questions.ts'

describe('languages of the questions', () => {
  it.each(quizLocales)('%s has every question with every option', (locale) => {
    const texts = questionTexts(locale)
    expect(Object.keys(texts).toSorted()).toEqual(questions.map(({ id }) => id).toSorted())
    for (const { id, options } of questions) {
      expect(Object.keys(texts[id]?.options ?? {}).toSorted(), id).toEqual(
        options.map((option) => option.id).toSorted(),
      )
    }
  })
})
