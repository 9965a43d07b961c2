import { readFile } from 'node:fs/promises'
import type { CommandIo } from './commandIo.ts'
import { differences } from './overlayCase/compareCase.ts'
import type { OverlayCase } from './overlayCase/overlayCase.ts'
import { BadCase, parseCase } from './overlayCase/parseCase.ts'
import { replayCase } from './overlayCase/replayCase.ts'

const exitHeld = 0
const exitDiffers = 1
const exitBadInput = 2

const readCase = async (file: string): Promise<OverlayCase | string> => {
  let source: string
  try {
    source = await readFile(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    return `${file}: expected a readable file (${code})`
  }
  try {
    return parseCase(source)
  } catch (error) {
    if (error instanceof BadCase) return `${file}: ${error.message}`
    throw error
  }
}

/**
 * `driftwood replay [--check] CASE.json …`: runs overlay cases of the golden format on the
 * simulator. Prints one JSON object per case, or with `--check` one line per difference. Gives the
 * exit code: 0 held, 1 differs, 2 bad input.
 */
export const replay = async (args: readonly string[], output: CommandIo): Promise<number> => {
  const options = args.filter((arg) => arg.startsWith('--'))
  const files = args.filter((arg) => !arg.startsWith('--'))
  const unknown = options.find((option) => option !== '--check')
  if (unknown !== undefined || files.length === 0) {
    const found = unknown === undefined ? 'no file' : unknown
    output.error(`replay: expected [--check] CASE.json ..., found ${found}\n`)
    return exitBadInput
  }
  let exit = exitHeld
  for (const file of files) {
    const read = await readCase(file)
    if (typeof read === 'string') {
      output.error(`${read}\n`)
      return exitBadInput
    }
    const replayed = replayCase(read)
    if (options.includes('--check')) {
      const lines = differences(read.recorded, replayed)
      for (const line of lines) output.write(`${file}: ${line}\n`)
      if (lines.length > 0) exit = exitDiffers
    } else {
      output.write(`${JSON.stringify(replayed)}\n`)
    }
  }
  return exit
}
