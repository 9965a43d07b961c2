import { z } from 'zod'
import type { Level } from '../../levels/level.ts'
import { actionSchema, idSchema, type LevelData, startSchema } from '../../levels/schema.ts'
import { buildFreeLevel } from './freeLevel.ts'
import german from './worlds.de.json' with { type: 'json' }
import english from './worlds.en.json' with { type: 'json' }
import data from './worlds.json' with { type: 'json' }

const worldsSchema = z.strictObject({
  actions: z.array(actionSchema),
  worlds: z.array(
    z.strictObject({
      id: idSchema,
      focus: z.string(),
      watch: z.array(z.string()),
      start: startSchema,
    }),
  ),
})

const textsSchema = z.strictObject({
  act: z.string().min(1),
  actions: z.record(idSchema, z.string().min(1).max(40)),
  worlds: z.record(
    idSchema,
    z.strictObject({
      title: z.string().min(1).max(60),
      summary: z.string().min(1).max(160),
      story: z.tuple([z.string(), z.string(), z.string()]),
    }),
  ),
})

const { actions, worlds } = worldsSchema.parse(data)

type Texts = z.infer<typeof textsSchema>

const inEnglish = textsSchema.parse(english)
const texts: ReadonlyMap<string, Texts> = new Map([
  ['en', inEnglish],
  ['de', textsSchema.parse(german)],
])

const textsIn = (locale: string): Texts => texts.get(locale) ?? inEnglish

/** Ids of the worlds that a sandbox can begin with, in the order in which they are offered. */
export const sandboxWorldIds: readonly string[] = worlds.map(({ id }) => id)

/** What one world is called and holds, for the list of them; English where a language has none. */
export const sandboxTexts = (id: string, locale: string) =>
  textsIn(locale).worlds[id] ?? inEnglish.worlds[id] ?? null

/** Chips that look at everything; worlds without goals all have them. */
export const looksEverywhere = (
  locale: string,
): {
  readonly actions: LevelData['actions']
  readonly labels: Readonly<Record<string, string>>
} => ({
  actions,
  labels: { ...inEnglish.actions, ...textsIn(locale).actions },
})

/** A ready-made world as a level without goals; null when there is none of that id. */
export function sandboxLevel(id: string, levelId: string, locale: string): Level | null {
  const world = worlds.find((one) => one.id === id)
  const words = sandboxTexts(id, locale)
  if (world === undefined || words === null) return null
  return buildFreeLevel({
    id: levelId,
    act: { id: 'sandbox', title: textsIn(locale).act },
    start: world.start,
    focus: world.focus,
    watch: world.watch,
    ...looksEverywhere(locale),
    ...words,
  })
}
