import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { shell } from '../../src-main/cli/shell.ts'
import { differencesOf } from '../../src-main/cli/transcript/compareLines.ts'
import { runTranscript } from '../../src-main/cli/transcript/runTranscript.ts'
import { transcriptSchema } from '../../src-main/cli/transcript/transcript.ts'
import { quietIo } from '../support/quietIo.ts'

const folder = join(import.meta.dirname, '../fixtures/golden/docker')
const recorded = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()

const scratch = mkdtempSync(join(tmpdir(), 'driftwood-transcripts-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const read = (name: string) =>
  transcriptSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))

const run = async (...args: string[]) => {
  const io = quietIo()
  const exit = await shell(args, io)
  return { ...io.said, exit }
}

const fileWith = (name: string, text: string): string => {
  const file = join(scratch, name)
  writeFileSync(file, text)
  return file
}

describe('transcripts recorded from Docker Engine 28.5.2', () => {
  test('all of them are there', () => {
    expect(recorded.length).toBeGreaterThanOrEqual(69)
  })

  test.each(recorded)('%s', (name) => {
    const transcript = read(name)
    const found = runTranscript(transcript).flatMap((line, i) =>
      differencesOf(transcript.steps[i] ?? {}, line).map((text) => `${i}: ${line.cmd}: ${text}`),
    )
    expect(found).toEqual([])
  })
})

describe('driftwood shell --transcript', () => {
  const [first = ''] = recorded

  test('prints each line with what it gave', async () => {
    const { text, exit } = await run('--transcript', join(folder, first))
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(exit).toBe(0)
    expect(lines.map(({ cmd }) => cmd)).toEqual(read(first).steps.map(({ cmd }) => cmd))
    expect(Object.keys(lines[0])).toEqual(['cmd', 'stdout', 'stderr', 'exit'])
  })

  test.each([
    [
      'stdout',
      (step: { stdout?: string | undefined }) => ({ ...step, stdout: 'something else\n' }),
    ],
    ['exit', (step: object) => ({ ...step, exit: 99 })],
  ])('a changed %s is seen by --check', async (field, change) => {
    const transcript = read(first)
    const steps = transcript.steps.map((step, i) => (i === 0 ? change(step) : step))
    const file = fileWith(`${field}.json`, JSON.stringify({ ...transcript, steps }))
    const { text, exit } = await run('--transcript', file, '--check')
    expect(exit).toBe(1)
    expect(text).toContain(`${file}: steps.0: `)
    expect(text).toContain(field)
  })

  test.each([
    ['a file that is not there', () => join(scratch, 'none.json'), 'expected a readable file'],
    ['no JSON', () => fileWith('broken.json', '{"name":'), 'expected JSON'],
    ['no steps', () => fileWith('empty.json', '{"name":"x"}'), 'steps: expected a transcript'],
    [
      'a line that is no text',
      () => fileWith('odd.json', '{"name":"x","steps":[{"cmd":3}]}'),
      'steps.0.cmd: expected a transcript',
    ],
    [
      'an image that cannot be built',
      () =>
        fileWith(
          'unbuildable.json',
          '{"name":"x","images":[{"tag":"a:1","dockerfile":["FROM busybox","RUN exit 3"]}],"steps":[]}',
        ),
      'images.0: cannot build a:1',
    ],
    [
      'a file name that leaves the folder',
      () => fileWith('out.json', '{"name":"x","files":{"a/":"text"},"steps":[]}'),
      'files: cannot place',
    ],
  ])('%s is bad input: one line, exit 2', async (_, file, message) => {
    const { text, errors, exit } = await run('--transcript', file(), '--check')
    expect(exit).toBe(2)
    expect(text).toBe('')
    expect(errors).toContain(message)
    expect(errors.trimEnd().split('\n')).toHaveLength(1)
  })
})
