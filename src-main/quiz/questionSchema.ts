import { z } from 'zod'

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

/** Questions without words: what is right, what it is about, where it can be seen. */
export const questionsSchema = z.strictObject({
  formatVersion: z.literal(1),
  questions: z.array(
    z.strictObject({
      id,
      /** `check`: one of the four of the knowledge check. `review`: asked again over days. */
      deck: z.enum(['check', 'review']),
      concepts: z.array(z.string().regex(/^C\d+$/)).min(1),
      /** Levels in which the answer can be seen. */
      levels: z.array(id),
      options: z.array(z.strictObject({ id, right: z.boolean() })).min(2),
    }),
  ),
})

export const questionTextsSchema = z.record(
  id,
  z.strictObject({
    text: z.string().min(1),
    options: z.record(id, z.strictObject({ text: z.string().min(1), feedback: z.string().min(1) })),
  }),
)

export type Question = z.infer<typeof questionsSchema>['questions'][number]
export type QuestionTexts = z.infer<typeof questionTextsSchema>
