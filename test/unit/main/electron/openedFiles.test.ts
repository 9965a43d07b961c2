import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import {
  createOpenedFiles,
  type FileOpeningApp,
  filesOnCommandLine,
  filesTold,
} from '../../../../src-main/electron/openedFiles.ts'

const here = resolve('/home/ada')
const at = (name: string) => resolve(here, name)

function app(isFirst = true) {
  const told: unknown[] = []
  let second: (told: unknown) => void = () => {}
  let open: (path: string) => boolean = () => false
  const port: FileOpeningApp = {
    lock: (data) => {
      told.push(data)
      return isFirst
    },
    onSecondInstance: (then) => {
      second = then
    },
    onOpenFile: (then) => {
      open = (path) => {
        let prevented = false
        then({ preventDefault: () => (prevented = true) }, path)
        return prevented
      }
    },
  }
  return { port, told, second: (data: unknown) => second(data), open: (path: string) => open(path) }
}

const start = (fake: ReturnType<typeof app>, ...argv: readonly string[]) =>
  createOpenedFiles(fake.port, { argv: ['driftwood', ...argv], folder: here })

it('finds files of ours on a command line, whatever stands around them', () => {
  const argv = [
    '/opt/x.driftwood',
    '.',
    '--data=d',
    'ada.driftwood',
    '--x.driftwood',
    'a.txt',
    'l.DRIFTWOOD-LEVEL',
  ]
  expect(filesOnCommandLine(argv, here)).toEqual([at('ada.driftwood'), at('l.DRIFTWOOD-LEVEL')])
  expect(filesOnCommandLine(['x', ...Array(50).fill('a.driftwood')], here)).toHaveLength(8)
})

it('believes another instance in its form only', () => {
  expect(filesTold({ files: ['/a.driftwood', 7, null, '/etc/passwd', 'x'.repeat(9000)] })).toEqual([
    '/a.driftwood',
  ])
  for (const told of [null, undefined, 'x', [], { files: 'x' }, { files: { length: 3 } }]) {
    expect(filesTold(told)).toEqual([])
  }
})

it('a second instance tells the first what it was given, and goes', () => {
  const second = app(false)
  expect(start(second, 'ada.driftwood').isFirst).toBe(false)
  expect(second.told).toEqual([{ files: [at('ada.driftwood')] }])
})

it('keeps what comes before anybody listens, in order', () => {
  const fake = app()
  const opened = start(fake, 'ada.driftwood')
  expect(fake.open('/b.driftwood')).toBe(true)
  const heard: unknown[] = []
  opened.listen((files) => heard.push(files))
  expect(heard).toEqual([[at('ada.driftwood'), '/b.driftwood']])
  fake.second({ files: ['/c.driftwood-level'] })
  expect(heard.at(-1)).toEqual(['/c.driftwood-level'])
  fake.second({ files: [] })
  expect(heard.at(-1)).toBeNull()
})
