import type { Command } from './resolve.ts'

export const copyCommands: readonly Command[] = []
