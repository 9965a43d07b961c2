import type { Client } from './output.ts'

export const composeProgram = (client: Client, args: readonly string[]): number => {
  client.err(`not simulated in Driftwood: docker compose ${args[0] ?? ''}\n`)
  return 1
}
