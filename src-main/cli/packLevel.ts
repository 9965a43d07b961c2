import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LEVEL_FILE_EXTENSION, readLevelFile, writeLevelFile } from '../levels/levelFile.ts'
import type { CommandIo } from './commandIo.ts'

/**
 * Writes a level of one's own as one file into the current folder, to be passed on. Refuses what
 * the game would not read back. Returns the exit code.
 */
export function packLevel(id: string, directory: string, io: CommandIo): number {
  const folder = join(directory, id)
  const fail = (problem: string): number => {
    io.error(`levels pack: ${problem}\n`)
    return 2
  }
  if (id === '' || !existsSync(join(folder, 'level.yaml'))) {
    return fail(`${join(folder, 'level.yaml')}: is not there`)
  }
  const languages = readdirSync(folder).filter((name) => name.endsWith('.json'))
  let text: string
  try {
    text = writeLevelFile({
      driftwoodLevel: 1,
      id,
      level: readFileSync(join(folder, 'level.yaml'), 'utf8'),
      texts: Object.fromEntries(
        languages.map((name) => [
          name.slice(0, -'.json'.length),
          JSON.parse(readFileSync(join(folder, name), 'utf8')),
        ]),
      ),
    })
  } catch (cause) {
    return fail(`${folder}: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  const fileName = `${id}${LEVEL_FILE_EXTENSION}`
  const read = readLevelFile(text, fileName)
  if (!read.ok) return fail(read.problem)
  const target = resolve(process.env.INIT_CWD ?? process.cwd(), fileName)
  writeFileSync(target, text)
  io.write(`${target}\n`)
  return 0
}
