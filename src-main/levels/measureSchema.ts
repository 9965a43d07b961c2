import { z } from 'zod'

const container = z.string().min(1).max(60)
const path = z.string().startsWith('/').max(500)
/** `command`: the events of the last command only. `level`: of every command that is done. */
const scope = z.enum(['command', 'level']).default('level')

/** A figure that can be read off a world or off the events that led to it. */
export const measureSchema = z.discriminatedUnion('measure', [
  /** Bytes of whole files copied up. */
  z.strictObject({
    measure: z.literal('copied-up'),
    scope,
    container: container.optional(),
    path: path.optional(),
  }),
  /** Bytes that programs wrote into files. */
  z.strictObject({
    measure: z.literal('written'),
    scope,
    container: container.optional(),
    path: path.optional(),
  }),
  /** Bytes of lower files that whiteouts hid. */
  z.strictObject({ measure: z.literal('hidden'), scope, container: container.optional() }),
  /** Bytes that a volume got from an image. */
  z.strictObject({ measure: z.literal('seeded'), scope }),
  /** Simulated time, in seconds. */
  z.strictObject({ measure: z.literal('seconds'), scope }),
  /** How much less (or more, below zero) the disk holds than before, in bytes. */
  z.strictObject({ measure: z.literal('freed'), scope }),
  /** Rows and bytes as they are now. */
  z.strictObject({ measure: z.literal('bookmarks'), container }),
  z.strictObject({ measure: z.literal('writable-layer'), container }),
  z.strictObject({ measure: z.literal('file-size'), container, path }),
  z.strictObject({ measure: z.literal('image-size'), image: z.string().min(1) }),
  z.strictObject({ measure: z.literal('volume-size'), volume: z.string().min(1) }),
  z.strictObject({ measure: z.literal('disk-used') }),
  z.strictObject({ measure: z.literal('named-volumes') }),
  z.strictObject({ measure: z.literal('anonymous-volumes') }),
  z.strictObject({ measure: z.literal('running'), image: z.string().min(1) }),
  /** New containers that took the place of one of the same name. */
  z.strictObject({ measure: z.literal('redeploys'), container }),
  /** Redeploys in a row, up to the last one, that found the rows of the container before. */
  z.strictObject({ measure: z.literal('tides-survived'), container }),
  /**
   * Rows that were in a container when it was replaced and not in the next one, summed up; with
   * `heldBy` only those that lay in its writable layer, in its image or in a volume just before.
   */
  z.strictObject({
    measure: z.literal('bookmarks-lost'),
    container,
    heldBy: z.enum(['upper', 'layer', 'volume']).optional(),
  }),
  /**
   * Containers of the name in a row, up to the present one, that wrote to one of the paths and in
   * which nothing was copied up. The present one counts as soon as it has written.
   */
  z.strictObject({
    measure: z.literal('lives-without-copy-up'),
    container,
    paths: z.array(path).min(1).max(4),
  }),
  /** Redeploys since the file was last made or emptied; 0 while it has not been. */
  z.strictObject({ measure: z.literal('redeploys-outlived'), container, path }),
  z.strictObject({ measure: z.literal('moves') }),
])

export type Measure = z.infer<typeof measureSchema>
