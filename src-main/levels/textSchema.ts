import { z } from 'zod'
import { idSchema } from './schema.ts'

const text = z.string().min(1).max(600)
const options = z.record(idSchema, text)
const slot = z.strictObject({
  options,
  /** What the option would have meant; the right one says why it is right. */
  feedback: options,
})

/** All words of one level in one language. The same keys in every language. */
export const levelTextSchema = z.strictObject({
  title: z.string().min(1).max(60),
  /** One line for the map. */
  summary: z.string().min(1).max(160),
  /** Three sentences. */
  story: z.tuple([text, text, text]),
  goals: z.record(idSchema, text),
  actions: z.record(
    idSchema,
    z.strictObject({ label: z.string().min(1).max(40), fields: z.record(idSchema, text) }),
  ),
  predictions: z.record(
    idSchema,
    z.strictObject({
      question: text,
      options,
      /** What each option would have meant. */
      feedback: options,
      /** What happened and why. */
      explanation: text,
    }),
  ),
  explanation: z
    .strictObject({ question: text, cause: slot, mechanism: slot, consequence: slot })
    .nullable(),
  /** A text for each path to be judged: what it is. */
  marks: z.strictObject({ question: text, paths: options }).nullable().default(null),
  hints: z.tuple([text, text, text]),
  messages: z.record(idSchema, text),
  stars: z.strictObject({ first: text, second: text, third: text }),
  debrief: z.strictObject({
    happened: z.array(text).min(1).max(6),
    rule: text,
    numbers: z.record(idSchema, z.string().min(1).max(80)),
  }),
})

export type LevelTexts = z.infer<typeof levelTextSchema>

/** Words of the index: titles of the acts. */
export const indexTextSchema = z.strictObject({
  acts: z.record(idSchema, z.string().min(1).max(60)),
})
