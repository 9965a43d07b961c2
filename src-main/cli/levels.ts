import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { checkLanguages, hasIndex } from '../levels/checkLanguages.ts'
import { checkLevel, checkOrder } from '../levels/checkLevel.ts'
import { checkShortcuts } from '../levels/checkShortcuts.ts'
import { coverageOf } from '../levels/coverage.ts'
import type { Level } from '../levels/level.ts'
import { type LoadedLevels, loadLevels } from '../levels/loadLevels.ts'
import { loadOwnLevels } from '../levels/loadOwnLevels.ts'
import { playingMinutes } from '../levels/playingTime.ts'
import { resolveDataDir } from '../paths.ts'
import { questions } from '../quiz/questions.ts'
import type { CommandIo } from './commandIo.ts'
import { newLevel } from './newLevel.ts'
import { packLevel } from './packLevel.ts'
import { realFolder } from './realFolder.ts'

const usage =
  'levels: expected list, check or coverage, with [--json] and [--levels DIR] (check: [--shortcuts]), or new ID, pack ID with [--data DIR], or real ID FOLDER'

interface Options {
  readonly command: string
  readonly json: boolean
  /** Looks for shorter wins with every line that the levels know: minutes, not seconds. */
  readonly shortcuts: boolean
  readonly directory: string
  readonly locale: string
  /** Of the level that is made, packed or written for a real engine. */
  readonly id: string
  /** Where the folder for a real engine is put. */
  readonly folder: string
  /** The data folder with the levels of one's own. */
  readonly data: string | undefined
}

const readOptions = (args: readonly string[]): Options | string => {
  const rest = [...args]
  const command = rest.shift() ?? ''
  let json = false
  let shortcuts = false
  let directory = join(import.meta.dirname, '../../levels')
  let locale = 'en'
  const named: string[] = []
  const names = { new: 1, pack: 1, real: 2 }[command] ?? 0
  let data: string | undefined
  while (rest.length > 0) {
    const option = rest.shift()
    const value = option === '--json' || option === '--shortcuts' ? '' : rest.shift()
    if (option === '--json') json = true
    else if (option === '--shortcuts') shortcuts = true
    else if (option === '--levels' && value !== undefined) directory = value
    else if (option === '--data' && value !== undefined) data = value
    else if (option?.startsWith('-') === false && named.length < names) {
      named.push(option)
      if (value !== undefined) rest.unshift(value)
    } else if (option === '--locale' && value !== undefined) locale = value
    else return `levels: ${option}: ${usage.slice('levels: '.length)}`
  }
  const [id = '', folder = '.'] = named
  return ['list', 'check', 'coverage', 'new', 'pack', 'real'].includes(command)
    ? { command, json, shortcuts, directory, locale, id, folder, data }
    : `levels: ${command || 'no command'}: ${usage.slice('levels: '.length)}`
}

/** A folder with an index holds acts; one without is a player's own, a level in each folder. */
const levelsIn = (directory: string, locale: string): Pick<LoadedLevels, 'levels' | 'problems'> =>
  hasIndex(directory) || !existsSync(directory)
    ? loadLevels(directory, locale)
    : loadOwnLevels(directory, locale)

const list = ({ directory, locale, json }: Options, io: CommandIo): number => {
  const { levels, problems } = levelsIn(directory, locale)
  for (const problem of problems) io.error(`${problem}\n`)
  const rows = levels.map((level) => {
    const { data, texts, number, actId } = level
    return {
      id: data.id,
      number,
      act: actId,
      title: texts.title,
      par: data.par,
      minutes: Math.round(playingMinutes(level) * 10) / 10,
      teaches: data.concepts.teaches,
      tests: data.concepts.tests,
    }
  })
  if (json) io.write(`${JSON.stringify(rows)}\n`)
  else {
    for (const row of rows) {
      const concepts = `teaches ${row.teaches.join(' ')}; tests ${row.tests.join(' ')}`
      const length = `par ${row.par}, ${row.minutes} min`
      io.write(`${row.number}\t${row.act}/${row.id}\t${row.title}\t${length}\t${concepts}\n`)
    }
  }
  return problems.length > 0 ? 2 : 0
}

/** More states than any level of the game has on its way to a shorter win. */
const shortcutStates = 20_000

const shortcutsIn = ({ data }: Level): readonly string[] =>
  checkShortcuts(data, shortcutStates).map((problem) => `${data.id}: ${problem}`)

const check = ({ directory, locale, json, shortcuts }: Options, io: CommandIo): number => {
  const { levels, problems } = levelsIn(directory, locale)
  const found = levels.map((level) => ({
    id: level.data.id,
    problems: [...checkLevel(level), ...(shortcuts ? shortcutsIn(level) : [])],
  }))
  const failures = [
    ...problems,
    ...found.flatMap((level) => level.problems),
    ...(hasIndex(directory) ? [...checkOrder(levels), ...checkLanguages(directory)] : []),
    ...(levels.length === 0 ? ['index.json:1:1 acts: expected at least one level'] : []),
  ]
  if (json) io.write(`${JSON.stringify({ levels: found, failures })}\n`)
  else {
    for (const failure of failures) io.write(`${failure}\n`)
    io.write(`${levels.length} levels checked, ${failures.length} failures\n`)
  }
  return failures.length > 0 ? 1 : 0
}

const coverage = ({ directory, locale, json }: Options, io: CommandIo): number => {
  const { levels, problems } = levelsIn(directory, locale)
  for (const problem of problems) io.error(`${problem}\n`)
  const rows = coverageOf(levels, questions)
  const open = rows.filter((row) => row.taught.length === 0 || row.tested.length === 0)
  if (json) io.write(`${JSON.stringify(rows)}\n`)
  else {
    for (const row of rows) {
      const taught = row.taught.join(' ') || '-'
      io.write(
        `${row.concept}\ttaught: ${taught}\ttested: ${row.tested.join(' ') || '-'}\t` +
          `predictions: ${row.predictions.join(' ') || '-'}\tquestions: ${row.questions.join(' ') || '-'}\n`,
      )
    }
    io.write(`${rows.length} concepts, ${open.length} uncovered\n`)
  }
  if (problems.length > 0) return 2
  return open.length > 0 ? 1 : 0
}

const real = ({ directory, locale, id, folder }: Options, io: CommandIo): number => {
  const { levels } = levelsIn(directory, locale)
  const level = levels.find(({ data }) => data.id === id)
  if (level !== undefined) return realFolder(level, locale, folder, io)
  io.error(`levels real: ${id}: expected one of ${levels.map(({ data }) => data.id).join(', ')}\n`)
  return 2
}

/** `driftwood levels list|check|coverage|new|pack|real`. Returns the exit code. */
export function levels(args: readonly string[], io: CommandIo): number {
  const options = readOptions(args)
  if (typeof options === 'string') {
    io.error(`${options}\n`)
    return 2
  }
  if (options.command === 'new' || options.command === 'pack') {
    const { platform, env } = process
    const folder = resolveDataDir({ argument: options.data, platform, env, home: homedir() })
    const make = options.command === 'new' ? newLevel : packLevel
    return make(options.id, join(folder, 'levels'), io)
  }
  if (options.command === 'real') return real(options, io)
  if (options.command === 'list') return list(options, io)
  return options.command === 'check' ? check(options, io) : coverage(options, io)
}
