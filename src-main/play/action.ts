import { z } from 'zod'

/** One thing a player does in a level. Small, storable; a session is its list of these. */
export const playActionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('line'), line: z.string().max(4000) }),
  /** A file of the host is saved from the editor. */
  z.strictObject({
    type: z.literal('edit'),
    path: z.string().min(1).max(400),
    text: z.string().max(16_384),
  }),
  z.strictObject({ type: z.literal('undo') }),
  z.strictObject({ type: z.literal('redo') }),
  z.strictObject({ type: z.literal('reset') }),
  /** Over to a way that was left by undoing and doing otherwise. */
  z.strictObject({ type: z.literal('branch'), branchId: z.number().int().min(1).max(1_000_000) }),
  z.strictObject({
    type: z.literal('predict'),
    predictionId: z.string().max(60),
    /** Option id, or the number as typed; null to skip. */
    answer: z.string().max(60).nullable(),
    sure: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('explain'),
    cause: z.string().max(60),
    mechanism: z.string().max(60),
    consequence: z.string().max(60),
  }),
  z.strictObject({
    type: z.literal('mark'),
    /** By the id of the path. */
    marks: z.record(z.string().max(60), z.enum(['durable', 'disposable', 'shared'])),
  }),
  z.strictObject({ type: z.literal('hint') }),
  z.strictObject({ type: z.literal('showStep'), step: z.number().int().min(0).max(1_000_000) }),
])

export type PlayAction = z.infer<typeof playActionSchema>
