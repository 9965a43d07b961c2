import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Classroom } from './calls/classroom.ts'
import { createHandlers } from './calls/createHandlers.ts'
import type { HandlerOptions } from './calls/createHandlersWith.ts'
import { type CallPort, serveCalls } from './calls/router.ts'
import { appendToLogFile, createLog, type Log } from './log.ts'
import type { ProjectPaths } from './paths.ts'
import { readOpenedFile } from './readOpenedFile.ts'

export interface OpenGame {
  readonly log: Log
  readonly serve: (port: CallPort) => void
  readonly openClassroom: () => Classroom
  /** Files that were opened with the game wait until the player answers. */
  readonly bring: (paths: readonly string[]) => void
  readonly close: () => void
}

/**
 * Opens a data folder and everything that plays from it, the same for both hosts. Throws
 * an error with a `code` (`already-running`, `newer-version`, `storage-failed`) and one sentence for
 * the player.
 */
export function openGame(
  paths: ProjectPaths,
  dataDir: string,
  host: Pick<HandlerOptions, 'mode' | 'kiosk' | 'leaveKiosk'> = {},
): OpenGame {
  mkdirSync(dataDir, { recursive: true })
  const now = () => Date.now()
  const log = createLog({ now, write: appendToLogFile(join(dataDir, 'driftwood.log')) })
  const handlers = createHandlers({
    dataDir,
    levelsDir: paths.levels,
    now,
    randomId: () => randomUUID(),
    log,
    ...host,
  })
  return {
    log,
    serve: (port) => serveCalls(port, handlers, log),
    openClassroom: () => handlers.openClassroom(),
    bring: (paths) => {
      for (const path of paths) handlers.bring(readOpenedFile(path))
    },
    close: () => handlers.close(),
  }
}
