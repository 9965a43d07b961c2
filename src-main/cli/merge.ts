import { readFileSync } from 'node:fs'
import { importFile } from '../progress/exportFile.ts'
import { openProgressDb } from '../progress/openProgressDb.ts'
import type { CommandIo } from './commandIo.ts'

/**
 * `driftwood merge --data DIR FILE ...`: adds exported progress, for example of many kiosks from a
 * stick. 0: all were taken; 2: bad input, and what came before the bad file is in.
 */
export function merge(args: readonly string[], output: CommandIo): number {
  const [flag, dataDir, ...files] = args
  if (flag !== '--data' || !dataDir || files.length === 0) {
    output.error('merge: expected --data DIR FILE ...\n')
    return 2
  }
  const opened = openProgressDb({ dataDir, at: Date.now(), warn: () => {} })
  if (!opened.ok) {
    output.error(`merge: ${opened.error.message}\n`)
    return 2
  }
  const { db, close } = opened.value
  try {
    for (const file of files) {
      const problem = mergeOne(file)
      if (problem !== null) {
        output.error(`merge: ${file}: ${problem}\n`)
        return 2
      }
    }
    return 0
  } finally {
    close()
  }

  function mergeOne(file: string): string | null {
    let bytes: Buffer
    try {
      bytes = readFileSync(file)
    } catch {
      return 'cannot be read'
    }
    const outcome = importFile(db, bytes)
    if (!outcome.ok) return outcome.message
    const { players, attempts, actions, quizAnswers, reviews, unreadable } = outcome.summary
    output.write(
      `${file}: ${players} players, ${attempts} attempts, ${actions} actions, ${quizAnswers} answers, ${reviews} reviews new` +
        `${unreadable > 0 ? `, ${unreadable} records unreadable` : ''}\n`,
    )
    return null
  }
}
