import { expect, it } from 'vitest'
import { setMachineValue } from '../../../../src-main/progress/machineRepo.ts'
import { openProgressDb } from '../../../../src-main/progress/openProgressDb.ts'
import { logState } from '../../../../src-main/progress/sealFile.ts'
import { temporaryFolder } from './storeSupport.ts'

/** Frames of the log that are not in the file yet, after a commit and a look at its length. */
function framesLeft(logFrames?: number): number {
  const opened = openProgressDb({
    dataDir: temporaryFolder(),
    at: 0,
    warn: (what) => expect.unreachable(what),
    ...(logFrames !== undefined && { logFrames }),
  })
  if (!opened.ok) throw new Error(opened.error.message)
  const { db, tidy, close } = opened.value
  try {
    // More than a thousand pages of 4 KiB.
    db.transaction(() => setMachineValue(db, 'rules', 'x'.repeat(5 * 1024 * 1024))).immediate()
    for (let commit = 0; commit < 64; commit += 1) tidy()
    const { log, checkpointed } = logState(db)
    return log - checkpointed
  } finally {
    close()
  }
}

it('a log of more than 4 MiB is folded into the file, that of a room later', () => {
  expect(framesLeft()).toBe(0)
  expect(framesLeft(8000)).toBeGreaterThan(1000)
})
