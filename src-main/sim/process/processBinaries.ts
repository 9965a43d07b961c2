import type { Binary } from '../shell/machine.ts'

/** Programs with a file of their own: servers and what talks to them. */
export const processBinaries: ReadonlyMap<string, Binary> = new Map<string, Binary>()
