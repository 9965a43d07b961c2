import { readFileSync } from 'node:fs'
import { hashPin } from '../calls/pins.ts'
import { requestSchemas } from '../contract/schemas.ts'
import { setMachineValue } from '../progress/machineRepo.ts'
import { openProgressDb } from '../progress/openProgressDb.ts'
import type { CommandIo } from './commandIo.ts'

/** `driftwood pin --data DIR < FILE`: sets the instructor PIN, before a kiosk goes on show. */
export function pin(args: readonly string[], output: CommandIo): number {
  const refuse = (problem: string): number => {
    output.error(`pin: ${problem}\n`)
    return 2
  }
  const [flag, dataDir, ...rest] = args
  if (flag !== '--data' || !dataDir || rest.length > 0) {
    return refuse('expected --data DIR, and the PIN on stdin')
  }
  const given = requestSchemas.unlockInstructor.safeParse({
    pin: readFileSync(0, 'utf8').split('\n')[0] ?? '',
  })
  if (!given.success) return refuse('stdin: expected a PIN of 4 to 64 characters on one line')
  const opened = openProgressDb({ dataDir, at: Date.now(), warn: () => {} })
  if (!opened.ok) return refuse(opened.error.message)
  try {
    setMachineValue(opened.value.db, 'instructor-pin', hashPin(given.data.pin))
  } finally {
    opened.value.close()
  }
  output.write('The instructor PIN is set.\n')
  return 0
}
