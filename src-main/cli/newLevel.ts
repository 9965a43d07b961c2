import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { idSchema } from '../levels/schema.ts'
import type { CommandIo } from './commandIo.ts'

/**
 * Writes a level that holds every check, to be changed into one's own. Refuses an id that is none
 * and a folder that is there already. Returns the exit code.
 */
export function newLevel(id: string, directory: string, io: CommandIo): number {
  const parsed = idSchema.safeParse(id)
  if (!parsed.success) {
    const reason = parsed.error.issues[0]?.message ?? 'not an id'
    io.error(`levels new: ${id}: ${reason}\n`)
    return 2
  }
  const folder = join(directory, id)
  if (existsSync(folder)) {
    io.error(`levels new: ${folder}: is there already, expected a new folder\n`)
    return 2
  }
  mkdirSync(folder, { recursive: true })
  for (const name of ['level.yaml', 'en.json']) {
    const template = readFileSync(join(import.meta.dirname, 'levelTemplate', name), 'utf8')
    writeFileSync(join(folder, name), template.replaceAll('LEVEL-ID', id))
  }
  io.write(`${folder}\n`)
  return 0
}
