import {
  type Question,
  type QuestionTexts,
  questionsSchema,
  questionTextsSchema,
} from './questionSchema.ts'
import german from './questions.de.json' with { type: 'json' }
import english from './questions.en.json' with { type: 'json' }
import data from './questions.json' with { type: 'json' }

/** Every question of the game, in its order. */
export const questions: readonly Question[] = questionsSchema.parse(data).questions

const texts: Readonly<Record<string, QuestionTexts>> = {
  en: questionTextsSchema.parse(english),
  de: questionTextsSchema.parse(german),
}

export const quizLocales = Object.keys(texts)

/** The words of one language; English where the language has none. */
export const questionTexts = (locale: string): QuestionTexts => {
  const found = texts[locale] ?? texts.en
  if (found === undefined) throw new Error('the game has no English questions')
  return found
}
