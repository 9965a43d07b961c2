import { describe, expect, it } from 'vitest'
import { pageQueryFor, parseStartOptions } from '../../../src-main/startOptions.ts'

describe('parseStartOptions', () => {
  it('leaves the choice of the host open', () => {
    expect(parseStartOptions([])).toEqual({
      host: null,
      dataDir: undefined,
      port: 0,
      open: true,
      renderer: 'auto',
      kiosk: false,
      development: false,
      help: false,
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

  it.each([
    [['--port', '70000'], '--port'],
    [['--port', 'http'], '--port'],
    [['--port='], '--port'],
    [['--renderer', 'vulkan'], '--renderer'],
    [['--data='], '--data'],
    [['--browser', '--electron'], 'exclude each other'],
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
