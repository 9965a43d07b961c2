import { join } from 'node:path'
import { createHandlersWith, type GameHandlers, type HandlerOptions } from './createHandlersWith.ts'
import { createGameEngine } from './gameEngine.ts'

/**
 * Everything behind the contract: the game's own rules over the levels of a folder, and the
 * progress of a data folder. Throws `OpenRefused` where that folder cannot be used.
 */
export function createHandlers(
  options: HandlerOptions & { readonly levelsDir: string },
): GameHandlers {
  return createHandlersWith(
    options,
    createGameEngine(options.levelsDir, options.log, join(options.dataDir, 'levels')),
  )
}
