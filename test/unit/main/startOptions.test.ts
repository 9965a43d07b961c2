import { describe, expect, it } from 'vitest'
import { pageQueryFor, parseStartOptions } from '../../../src-main/startOptions.ts'

describe('parseStartOptions', () => {
  it('leaves the choice of the host open', () => {
    expect(parseStartOptions([])).toEqual({
      host: null,
      dataDir: undefined,
      port: 0,
      listen: null,
      open: true,
      renderer: 'auto',
      kiosk: false,
      development: false,
      help: false,
      files: [],
    })
  })

  it('reads every option', () => {
    const args = ['--browser', '--data', 'd', '--port=8123', '--no-open', '--renderer', 'canvas']
    expect(parseStartOptions(args)).toMatchObject({
      host: 'browser',
      dataDir: 'd',
      port: 8123,
      open: false,
      renderer: 'canvas',
    })
  })

  it('opens a room only where both are said, on a port that stays the same', () => {
    expect(parseStartOptions(['--browser', '--listen', '10.0.0.5'])).toMatchObject({
      host: 'browser',
      listen: '10.0.0.5',
      port: 4877,
      open: false,
    })
  })

  it('takes files of ours, and asks what else it was given', () => {
    expect(parseStartOptions(['ada.driftwood', '--no-open', 'low.driftwood-level'])).toMatchObject({
      files: ['ada.driftwood', 'low.driftwood-level'],
      open: false,
    })
  })

  it.each([
    [['notes.txt'], 'notes.txt'],
    [['--kiosk', 'a.driftwood'], 'kiosk'],
    [['--browser', '--listen', '10.0.0.5', 'a.driftwood'], 'classroom'],
    [['--port', '70000'], '--port'],
    [['--port', 'http'], '--port'],
    [['--port='], '--port'],
    [['--renderer', 'vulkan'], '--renderer'],
    [['--data='], '--data'],
    [['--browser', '--electron'], 'exclude each other'],
    [['--listen', '10.0.0.5'], '--browser'],
    [['--browser', '--listen', '10.0.0.5', '--kiosk'], '--kiosk'],
    [['--browser', '--listen', '0.0.0.0'], '0.0.0.0'],
    [['--browser', '--listen', 'school.example'], 'IPv4'],
    [['--colour'], '--colour'],
    [['level-1'], 'level-1'],
  ])('says what is wrong with %j', (args, part) => {
    expect(parseStartOptions(args)).toContain(part)
  })
})

it('tells the page the renderer only when one was chosen', () => {
  expect(pageQueryFor('auto')).toBe('')
  expect(pageQueryFor('webgl')).toBe('renderer=webgl')
})
