import { z } from 'zod'
import { measureSchema } from './measureSchema.ts'
import { predicateSchema } from './predicateSchema.ts'

/** Stable name of a level, goal, option...: progress refers to it, so it never changes. */
export const idSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens')
  .max(48)

const line = z.string().min(1).max(2000)
const path = z.string().startsWith('/').max(500)
const bytes = z.number().int().min(0).max(1e13)
const lines = z.array(line).max(60)

/** A concept of the chapter, `C1` to `C53`. */
const concept = z.string().regex(/^C([1-9]|[1-4][0-9]|5[0-3])$/, 'expected C1 to C53')

/** Below `cwd`: no leading slash, no way out. */
const relativePath = z
  .string()
  .regex(
    /^(?!.*\.\.)[A-Za-z0-9_-][A-Za-z0-9._/-]*$/,
    'expected a path below cwd, such as site/Dockerfile',
  )
  .max(200)

const startFile = z.union([
  z.strictObject({ path: relativePath, text: z.string().max(20_000) }),
  /** `fill` is repeated up to the size; zeros where it is absent. */
  z.strictObject({ path: relativePath, bytes, fill: z.string().min(1).max(200).optional() }),
])

export const startSchema = z.strictObject({
  /** Ids of containers and images follow from it. */
  seed: z.number().int().min(1).max(1_000_000).default(1),
  /** Directory of the prompt. */
  cwd: path.default('/home/crew'),
  /** Size of the host's disk; null for one that never fills up. */
  disk: bytes.nullable().default(null),
  /** Files of the host, made before the lines run. */
  files: z.array(startFile).max(40).default([]),
  /** Ready-made images that are there from the beginning, by tag. */
  images: z.array(z.string().min(1).max(120)).max(10).default([]),
  /** Lines typed before the player sees anything. Every one of them must succeed. */
  lines: lines.default([]),
})

export const actionSchema = z.strictObject({
  id: idSchema,
  icon: z.enum([
    'run',
    'append',
    'delete',
    'volume',
    'redeploy',
    'inspect',
    'create',
    'read',
    'stop',
    'start',
    'build',
    'list',
  ]),
  /** Command line; `{name}` is replaced by what is chosen for the field of that name. */
  line,
  fields: z
    .array(z.strictObject({ name: idSchema, choices: z.array(z.string().min(1)).min(1).max(12) }))
    .max(3)
    .default([]),
})

const goalSchema = z.strictObject({
  id: idSchema,
  /** `latch`: once met it stays met. `hold`: it must be met at this moment. */
  mode: z.enum(['latch', 'hold']),
  when: predicateSchema,
})

/** The command that a prediction comes before: one whose events match while the state is so. */
const triggerSchema = z.strictObject({
  /** Holds after the command, looking at the command's own events. */
  command: predicateSchema,
  /** Holds before the command; also what it takes to be asked at all. */
  state: predicateSchema.optional(),
})

/** Claims that the prediction tests; the level has to test them as well. */
const predictedConcepts = z.array(concept).max(6).default([])

const predictionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('choice'),
    id: idSchema,
    concepts: predictedConcepts,
    before: triggerSchema,
    /** Exactly one of them must hold right after the command. */
    options: z
      .array(z.strictObject({ id: idSchema, when: predicateSchema }))
      .min(2)
      .max(6),
  }),
  z.strictObject({
    kind: z.literal('number'),
    id: idSchema,
    concepts: predictedConcepts,
    before: triggerSchema,
    truth: measureSchema,
    unit: z.enum(['B', 'kB', 'MB', 'GB', 's', 'rows', 'count']),
    /** How far off still counts as right, as a part of the truth. */
    within: z.number().min(0).max(1).default(0.05),
  }),
])

const slotOptions = z
  .array(z.strictObject({ id: idSchema, when: predicateSchema }))
  .min(2)
  .max(5)

const explanationSchema = z.strictObject({
  /** From when on it can be answered. */
  opens: predicateSchema,
  cause: slotOptions,
  mechanism: slotOptions,
  consequence: slotOptions,
})

/** Paths to be judged before they are trusted: what becomes of each with its container? */
const marksSchema = z.strictObject({
  paths: z
    .array(z.strictObject({ id: idSchema, container: z.string().min(1).max(60), path }))
    .min(2)
    .max(10),
})

const scriptSchema = z.strictObject({ id: idSchema, lines: lines.min(1) })

const wrongMoveSchema = z.strictObject({
  id: idSchema,
  tone: z.enum(['info', 'warning', 'loss']).default('warning'),
  /** Told after a command when it holds and did not before (or when it looks at the command). */
  when: predicateSchema,
  /** Figures that its text quotes as `{name}`. */
  values: z.record(idSchema, measureSchema).default({}),
  /** A script from the start that must get exactly this message and leave the level unsolved. */
  lines: lines.min(1),
})

const starSchema = z.strictObject({ id: idSchema, when: predicateSchema })

/** A command with what a real engine has to show for it. */
const realCommandSchema = z.strictObject({
  line,
  /** A regular expression that its output matches. */
  prints: z.string().min(1).max(400).nullable().default(null),
  exit: z.int().min(0).max(255).default(0),
  /**
   * What an engine has to have for it; without that it is not proven there. A bare postgres has no
   * table yet, and the game's own always has one.
   */
  needs: z.enum(['postgres', 'bare-postgres', 'buildkit']).nullable().default(null),
})

const debriefSchema = z.strictObject({
  /** Figures shown beside those of the reference solution. */
  numbers: z.array(z.strictObject({ id: idSchema, measure: measureSchema })).max(6),
  /** Figures that the texts quote as `{name}`. */
  values: z.record(idSchema, measureSchema).default({}),
  tryItForReal: z.strictObject({
    files: z.array(z.strictObject({ name: z.string().min(1), text: z.string().max(8000) })).max(6),
    commands: z
      .array(z.union([line, realCommandSchema]))
      .min(1)
      .max(60),
  }),
})

/** A level: data only, no words for the player and no code. */
export const levelSchema = z.strictObject({
  formatVersion: z.literal(1),
  id: idSchema,
  concepts: z.strictObject({
    teaches: z.array(concept).min(1),
    tests: z.array(concept),
    /** Needed from earlier levels. */
    uses: z.array(concept).default([]),
  }),
  start: startSchema,
  /** Container whose stack is drawn first. */
  focus: z.string().min(1).max(60),
  /** Paths that always have a column, in this order. */
  watch: z.array(path).max(8),
  actions: z.array(actionSchema).min(1).max(14),
  goals: z.array(goalSchema).min(1).max(8),
  predictions: z.array(predictionSchema).min(1).max(6),
  explanation: explanationSchema.nullable().default(null),
  marks: marksSchema.nullable().default(null),
  /** Script that the last of the three hints amounts to. */
  lastHint: lines.min(1),
  solutions: z.array(scriptSchema).min(1).max(4),
  alternatives: z.array(scriptSchema).min(1).max(8),
  wrongMoves: z.array(wrongMoveSchema).min(1).max(16),
  /** Moves of the shortest way, as the solver finds it over the actions. */
  par: z.number().int().min(1).max(40),
  /** What the second and the third star ask for, on top of the goals. */
  stars: z.tuple([starSchema, starSchema]),
  debrief: debriefSchema,
})

export type LevelData = z.infer<typeof levelSchema>
export type LevelGoal = LevelData['goals'][number]
export type LevelPrediction = LevelData['predictions'][number]
export type LevelWrongMove = LevelData['wrongMoves'][number]
export type LevelAction = LevelData['actions'][number]

/** Acts and their levels in the order of play. */
export const indexSchema = z.strictObject({
  formatVersion: z.literal(1),
  acts: z
    .array(z.strictObject({ id: idSchema, levels: z.array(idSchema).max(40) }))
    .min(1)
    .max(20),
})

export type LevelIndex = z.infer<typeof indexSchema>
