import { z } from 'zod'

const fileContent = z.union([
  z.string(),
  z.strictObject({ size: z.int().min(0), fill: z.string().min(1).max(64) }),
])

const step = z.object({
  cmd: z.string(),
  stdout: z.string().optional(),
  stderr: z.string().optional(),
  exit: z.int().optional(),
})

/** A Docker transcript of the golden format: images to build, host files to make, lines to type. */
export const transcriptSchema = z.object({
  name: z.string().regex(/^[a-zA-Z0-9][\w.-]*$/),
  images: z
    .array(
      z.object({
        tag: z.string(),
        dockerfile: z.array(z.string()),
        context: z.record(z.string(), fileContent).default({}),
      }),
    )
    .default([]),
  files: z.record(z.string(), fileContent).default({}),
  steps: z.array(step),
})

export type Transcript = z.infer<typeof transcriptSchema>

/** One line as it was typed and answered. */
export interface TypedLine {
  readonly cmd: string
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
}

/** What a transcript expects of a line; what it leaves out is not compared. */
export type RecordedLine = { readonly [K in 'stdout' | 'stderr']?: string | undefined } & {
  readonly exit?: number | undefined
}
