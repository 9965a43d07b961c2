import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { differences } from '../../src-main/cli/overlayCase/compareCase.ts'
import { parseCase } from '../../src-main/cli/overlayCase/parseCase.ts'
import { replayCase } from '../../src-main/cli/overlayCase/replayCase.ts'
import { replay } from '../../src-main/cli/replay.ts'
import { quietIo } from '../support/quietIo.ts'
import { arbitraryCase } from './overlay/arbitraryCase.ts'
import { compareWithKernel } from './overlay/compareWithKernel.ts'
import { KernelWorker, kernelMissing } from './overlay/KernelWorker.ts'

const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name))

const recorded = [
  ...filesIn(join(import.meta.dirname, '../fixtures/golden/overlay')),
  ...filesIn(join(import.meta.dirname, 'cases')),
]

const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1, -'.json'.length)

describe('cases recorded from the kernel', () => {
  test('all of them are there', () => {
    expect(recorded.length).toBeGreaterThanOrEqual(90)
  })

  test.each(recorded.map((file) => [nameOf(file), file]))('%s', (_, file) => {
    const parsed = parseCase(readFileSync(file, 'utf8'))
    expect(differences(parsed.recorded, replayCase(parsed))).toEqual([])
  })

  test('a changed record is seen', () => {
    const source = readFileSync(recorded[0] as string, 'utf8').replace('"nlink": 1', '"nlink": 2')
    const parsed = parseCase(source)
    expect(differences(parsed.recorded, replayCase(parsed))).not.toEqual([])
  })
})

const run = async (args: readonly string[]) => {
  const io = quietIo()
  const exit = await replay(args, io)
  return { ...io.said, exit }
}

describe('driftwood replay', () => {
  test('prints for each case what was recorded: same fields, order and values', async () => {
    const { text, exit } = await run(recorded)
    const lines = text.trimEnd().split('\n')
    expect(exit).toBe(0)
    expect(lines).toHaveLength(recorded.length)
    for (const [index, file] of recorded.entries()) {
      const record = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
      const printed = JSON.parse(lines[index] as string) as Record<string, unknown>
      const fields = Object.keys(record).filter((field) => field in printed)
      expect(Object.keys(printed)).toEqual(fields)
      const kept = Object.fromEntries(fields.map((field) => [field, record[field]]))
      expect(lines[index]).toBe(JSON.stringify(kept))
    }
  })

  test('--check holds for all of them', async () => {
    expect(await run(['--check', ...recorded])).toEqual({ text: '', errors: '', exit: 0 })
  })

  test.each([
    ['no-such-file.json', 'no-such-file.json: expected a readable file (ENOENT)'],
    [join(import.meta.dirname, 'kernelWorker.py'), 'not JSON'],
  ])('%s is bad input', async (file, complaint) => {
    const { errors, exit } = await run([file])
    expect(exit).toBe(2)
    expect(errors).toContain(complaint)
    expect(errors.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('the simulator against this kernel', () => {
  const cases = 300
  let missing: string | null = null
  let worker: KernelWorker | null = null

  beforeAll(async () => {
    missing = await kernelMissing()
    if (missing === null) worker = new KernelWorker()
    else console.log(`skipped: ${cases} cases against the kernel: ${missing}`)
  }, 60_000)

  afterAll(() => worker?.close())

  test(`${cases} cases give the same results, trees, whiteouts, opaque marks and copies`, async ({
    skip,
  }) => {
    const kernel = worker ?? skip(missing ?? undefined)
    const property = fc.asyncProperty(arbitraryCase, async (kernelCase) => {
      expect(await compareWithKernel(kernel, kernelCase)).toEqual([])
    })
    await fc.assert(property, { numRuns: cases, seed: 20_251_124 })
  }, 240_000)
})
