import { z } from 'zod'
import { indexSchema, levelSchema } from './schema.ts'
import { levelTextSchema } from './textSchema.ts'

/** JSON Schemas for editors, by file name, made from the schemas that the game itself uses. */
export const jsonSchemas = (): Readonly<Record<string, string>> => {
  const text = (schema: z.ZodType) =>
    `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', reused: 'ref' }), null, 2)}\n`
  return {
    'level.schema.json': text(levelSchema),
    'texts.schema.json': text(levelTextSchema),
    'index.schema.json': text(indexSchema),
  }
}
