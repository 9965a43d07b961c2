import type { Parsed } from '../flags.ts'
import type { Command } from '../resolve.ts'
import type { ComposeClient } from './composeContext.ts'

/** A command of Compose: like one of docker, with the options that stand before it. */
export interface ComposeCommand extends Omit<Command, 'run'> {
  readonly run: (client: ComposeClient, parsed: Parsed) => number
}
