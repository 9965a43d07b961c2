import type { Container } from './state.ts'

/** What a container runs: entrypoint and command as one list. */
export const commandLine = (container: Container): readonly string[] => [
  ...(container.config.entrypoint ?? []),
  ...(container.config.cmd ?? []),
]
