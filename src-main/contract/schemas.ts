import { z } from 'zod'
import type { CallName, HostRules, ReportTable, Request, Settings } from './api.ts'
import type { JoinRequest, ReturnRequest } from './classroom.ts'

/** Longest line a player can send; a pasted script is sent line by line. */
export const LINE_LIMIT = 4096
/** Longest text of a file that the editor saves. */
export const FILE_LIMIT = 16_384
/** Most steps an attempt can have, far above what anyone plays. */
export const STEP_LIMIT = 100_000

/** Longest exported file that is taken in, in base64; a workshop's machine needs a tenth. */
export const IMPORT_LIMIT = 48 * 1024 * 1024
/** Longest level file, in characters. */
export const LEVEL_TEXT_LIMIT = 400_000
const NAME_LIMIT = 40

const id = z.string().min(1).max(200)
const line = z.string().max(LINE_LIMIT)
const path = z.string().min(1).max(400)
const step = z.int().min(0).max(STEP_LIMIT)
const attempt = { attemptId: id }
const name = z
  .string()
  .trim()
  .min(1)
  .max(NAME_LIMIT)
  // Control characters and marks that turn the direction of what stands beside them.
  .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+$/u)
const picture = z.string().regex(/^[a-z0-9-]{0,40}$/)
const pin = z.string().min(4).max(64)

/** Also checked when they are read back from the machine. */
export const hostRules: z.ZodType<HostRules> = z.strictObject({
  openLevels: z.union([z.enum(['in-order', 'all']), z.array(id).max(200)]),
  fixedSeed: z.int().min(1).max(0x7fffffff).nullable(),
})

const settings: z.ZodType<Settings> = z.strictObject({
  speed: z.number().min(0.5).max(4),
  motion: z.enum(['system', 'full', 'reduced']),
  textSize: z.number().min(100).max(200),
  renderer: z.enum(['auto', 'webgl', 'canvas']),
  theme: z.enum(['system', 'day', 'night', 'contrast']),
  sound: z.boolean(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .max(35),
})

const reportTable: z.ZodType<ReportTable> = z.enum([
  'levels',
  'concepts',
  'player-concepts',
  'mistakes',
])

/** Sent before there is a seat, so it is no call of the game. */
export const joinRequest: z.ZodType<JoinRequest> = z.strictObject({
  code: z.string().max(40),
  name,
  locale: z.enum(['en', 'de']),
})

export const returnRequest: z.ZodType<ReturnRequest> = z.strictObject({
  code: z.string().max(40),
  returnCode: z.string().max(40),
})

/** What a request must look like before a handler sees it. Unknown keys are refused. */
export const requestSchemas: { readonly [K in CallName]: z.ZodType<Request<K>> } = {
  getHome: z.strictObject({}),
  saveSettings: z.strictObject({ settings }),
  listPlayers: z.strictObject({}),
  createPlayer: z.strictObject({ name, picture, pin: pin.nullable() }),
  switchPlayer: z.strictObject({ playerId: id, pin: pin.nullable() }),
  playAsGuest: z.strictObject({}),
  editPlayer: z.strictObject({ name, picture }),
  renamePlayer: z.strictObject({ name }),
  setPin: z.strictObject({ oldPin: pin.nullable(), newPin: pin.nullable() }),
  removePlayer: z.strictObject({ playerId: id, pin: pin.nullable() }),
  getLogbook: z.strictObject({}),
  exportProgress: z.strictObject({ whose: z.enum(['mine', 'all']) }),
  importProgress: z.strictObject({ data: z.base64().min(1).max(IMPORT_LIMIT) }),
  listBrought: z.strictObject({}),
  bringLevel: z.strictObject({
    fileName: z.string().min(1).max(255),
    text: z.string().min(1).max(LEVEL_TEXT_LIMIT),
  }),
  takeBrought: z.strictObject({ fileId: id }),
  leaveBrought: z.strictObject({ fileId: id }),
  getSandbox: z.strictObject({}),
  openSandbox: z.strictObject({ worldId: id }),
  saveSandbox: z.strictObject({ ...attempt, name }),
  openSaved: z.strictObject({ savedId: id }),
  removeSaved: z.strictObject({ savedId: id }),
  showOption: z.strictObject({ questionId: id, optionId: id }),
  getHost: z.strictObject({}),
  startVisit: z.strictObject({}),
  getVisit: z.strictObject({}),
  leaveKiosk: z.strictObject({ pin }),
  getDemo: z.strictObject({ turn: z.int().min(0).max(STEP_LIMIT) }),
  keepVisit: z.strictObject({}),
  unlockInstructor: z.strictObject({ pin }),
  lockInstructor: z.strictObject({}),
  setInstructorPin: z.strictObject({ oldPin: pin.nullable(), newPin: pin }),
  saveHostRules: z.strictObject({ rules: hostRules }),
  getGroup: z.strictObject({}),
  exportReport: z.discriminatedUnion('format', [
    z.strictObject({ format: z.literal('json') }),
    z.strictObject({ format: z.literal('csv'), table: reportTable }),
  ]),
  removeNames: z.strictObject({}),
  resetMachine: z.strictObject({}),
  openLevel: z.strictObject({ levelId: id }),
  runLine: z.strictObject({ ...attempt, line }),
  answerPrediction: z.strictObject({
    ...attempt,
    predictionId: id,
    answer: z.string().max(200).nullable(),
    sure: z.boolean(),
  }),
  answerExplanation: z.strictObject({ ...attempt, cause: id, mechanism: id, consequence: id }),
  answerMarks: z.strictObject({
    ...attempt,
    marks: z
      .record(z.string().max(60), z.enum(['durable', 'disposable', 'shared']))
      .refine((marks) => Object.keys(marks).length <= 20),
  }),
  takeHint: z.strictObject(attempt),
  listHostFiles: z.strictObject(attempt),
  readHostFile: z.strictObject({ ...attempt, path }),
  writeHostFile: z.strictObject({ ...attempt, path, text: z.string().max(FILE_LIMIT) }),
  undo: z.strictObject(attempt),
  redo: z.strictObject(attempt),
  resetLevel: z.strictObject(attempt),
  takeBranch: z.strictObject({
    ...attempt,
    branchId: z.number().int().min(1).max(1_000_000),
  }),
  showStep: z.strictObject({ ...attempt, step }),
  filmOf: z.strictObject({ ...attempt, fromStep: step, toStep: step }),
  stageAt: z.strictObject({ ...attempt, step }),
  tileFacts: z.strictObject({ ...attempt, step, tileId: z.string().min(1).max(LINE_LIMIT) }),
  listFiles: z.strictObject({
    ...attempt,
    step,
    words: z.string().max(400),
    from: z.int().min(0).max(STEP_LIMIT),
    container: z.string().max(400).optional(),
  }),
  completeLine: z.strictObject({
    ...attempt,
    text: line,
    cursor: z.int().min(0).max(LINE_LIMIT),
  }),
  openReview: z.strictObject({}),
  answerReview: z.strictObject({ questionId: id, optionId: id, sure: z.boolean() }),
  openQuiz: z.strictObject({ again: z.boolean() }),
  answerQuestion: z.strictObject({
    ...attempt,
    questionId: id,
    optionId: id,
    sure: z.boolean(),
  }),
}
