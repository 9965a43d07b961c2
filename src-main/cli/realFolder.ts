import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Level } from '../levels/level.ts'
import { viewTryForReal } from '../play/viewTryForReal.ts'
import type { CommandIo } from './commandIo.ts'

/**
 * Writes what a level gives to try on one's own Docker, the very files that the debrief saves, as a
 * folder in `parent`. Refuses a folder that is there already. Returns the exit code.
 */
export function realFolder(level: Level, locale: string, parent: string, io: CommandIo): number {
  const { folder, saved } = viewTryForReal({ level, locale })
  const directory = join(parent, folder)
  if (existsSync(directory)) {
    io.error(`levels real: ${directory}: is there already, expected a new folder\n`)
    return 2
  }
  mkdirSync(directory, { recursive: true })
  for (const { name, text } of saved) {
    writeFileSync(join(directory, name), text, { mode: name.endsWith('.sh') ? 0o755 : 0o644 })
  }
  io.write(`${directory}\n`)
  return 0
}
