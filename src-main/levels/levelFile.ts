import { z } from 'zod'
import { parseData, type ReadResult } from './readData.ts'
import { idSchema } from './schema.ts'
import { levelTextSchema } from './textSchema.ts'

/** A level as one file to be passed on: its folder, with nothing in it but data and words. */
export const LEVEL_FILE_EXTENSION = '.driftwood-level'
/** Longest text of a level file; the longest level of the game is a tenth. */
export const LEVEL_FILE_LIMIT = 400_000

const locale = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'expected a language such as en')

const levelFileSchema = z.strictObject({
  driftwoodLevel: z.literal(1, 'expected 1; a newer Driftwood may know it'),
  id: idSchema,
  /** `level.yaml` as it was written, with its comments. */
  level: z
    .string()
    .min(1)
    .max(256 * 1024),
  texts: z
    .record(locale, levelTextSchema)
    .refine((texts) => 'en' in texts, 'expected en at least')
    .refine((texts) => Object.keys(texts).length <= 12, 'expected at most 12 languages'),
})

export type LevelFile = z.infer<typeof levelFileSchema>

/** The text of a level file, or what is wrong with it. That it plays is checked once it is unpacked. */
export const readLevelFile = (text: string, fileName: string): ReadResult<LevelFile> =>
  text.length > LEVEL_FILE_LIMIT
    ? { ok: false, problem: `${fileName}: expected at most ${LEVEL_FILE_LIMIT} characters` }
    : parseData(text, fileName, levelFileSchema)

export const writeLevelFile = (file: LevelFile): string => `${JSON.stringify(file, null, 2)}\n`
