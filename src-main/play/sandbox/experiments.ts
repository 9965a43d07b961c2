import { z } from 'zod'
import type { Level } from '../../levels/level.ts'
import { startSchema } from '../../levels/schema.ts'
import german from './experiments.de.json' with { type: 'json' }
import english from './experiments.en.json' with { type: 'json' }
import data from './experiments.json' with { type: 'json' }
import { buildFreeLevel } from './freeLevel.ts'
import { looksEverywhere } from './sandboxWorlds.ts'

const experimentsSchema = z.strictObject({
  setups: z.record(
    z.string(),
    z.strictObject({ focus: z.string(), watch: z.array(z.string()), start: startSchema }),
  ),
  experiments: z.array(
    z.strictObject({
      question: z.string(),
      option: z.string(),
      setup: z.string(),
      /** Run before the player sees it; the timeline then stands at the beginning. */
      lines: z.array(z.string()).min(1).max(12),
    }),
  ),
})

const textsSchema = z.strictObject({
  act: z.string().min(1),
  again: z.string().min(1),
  questions: z.record(z.string(), z.strictObject({ title: z.string(), intro: z.string() })),
  /** By `question.option`: where to look. */
  looks: z.record(z.string(), z.string().min(1)),
})

const { setups, experiments } = experimentsSchema.parse(data)
const inEnglish = textsSchema.parse(english)
const textsByLocale: ReadonlyMap<string, z.infer<typeof textsSchema>> = new Map([
  ['en', inEnglish],
  ['de', textsSchema.parse(german)],
])

/** An option of a question, shown in the simulator: a world, and lines that prove or refute it. */
export interface Experiment {
  readonly level: Level
  readonly lines: readonly string[]
}

/** The experiment for an option of the knowledge check; null: there is none. */
export function experimentFor(
  question: string,
  option: string,
  levelId: string,
  locale: string,
): Experiment | null {
  const found = experiments.find((one) => one.question === question && one.option === option)
  const setup = found === undefined ? undefined : setups[found.setup]
  const texts = textsByLocale.get(locale) ?? inEnglish
  const words = texts.questions[question] ?? inEnglish.questions[question]
  const look = texts.looks[`${question}.${option}`] ?? inEnglish.looks[`${question}.${option}`]
  if (found === undefined || setup === undefined || words === undefined || look === undefined) {
    return null
  }
  const level = buildFreeLevel({
    id: levelId,
    act: { id: 'show-me', title: texts.act },
    ...setup,
    ...looksEverywhere(locale),
    title: words.title,
    summary: words.intro,
    story: [words.intro, look, texts.again],
  })
  return { level, lines: found.lines }
}
