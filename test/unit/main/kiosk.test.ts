import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findKioskBrowser, kioskBrowserArguments } from '../../../src-main/browser/kioskBrowser.ts'
import { isKeptRunning, keepRunning, keptEnvironment } from '../../../src-main/keepRunning.ts'
import { readKioskSettings } from '../../../src-main/kioskSettings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftwood-kiosk-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const settings = (text: string | null, asked = false) => {
  if (text !== null) writeFileSync(join(folder, 'kiosk.json'), text)
  return readKioskSettings(folder, asked)
}

test('a machine is a kiosk when asked to be, or when its file says so', () => {
  expect(settings(null)).toBeNull()
  expect(settings(null, true)).toEqual({
    idleSeconds: 60,
    countdownSeconds: 20,
    locale: 'en',
  })
  expect(settings('{"kiosk":true,"idleSeconds":90}')).toEqual({
    idleSeconds: 90,
    countdownSeconds: 20,
    locale: 'en',
  })
  expect(settings('{"idleSeconds":90}')).toBeNull()
})

test('a settings file may begin with the mark that editors on Windows put there', () => {
  expect(settings('\ufeff{"kiosk":true}')).toMatchObject({ idleSeconds: 60 })
})

test.each([
  ['{', /kiosk\.json: expected JSON/],
  ['{"kiosk":"yes"}', /kiosk\.json: kiosk: /],
  ['{"locale":"fr"}', /kiosk\.json: locale/],
  ['{"idle":60}', /kiosk\.json: .*idle/],
  ['{"kiosk":true,"idleSeconds":15,"countdownSeconds":20}', /countdownSeconds: expected at most/],
])('a settings file %s is refused by name', (text, message) => {
  expect(settings(text)).toMatch(message)
})

function supervised(codes: readonly (number | null)[]) {
  const said: string[] = []
  let at = 0
  let gaveUp: number | null = null
  const left = [...codes]
  let starts = 0
  keepRunning({
    start: (ended) => {
      starts += 1
      const code = left.shift()
      if (code !== undefined) ended(code)
    },
    now: () => at,
    later: (action, milliseconds) => {
      at += milliseconds
      action()
    },
    say: (text) => said.push(text),
    giveUp: (code) => {
      gaveUp = code
    },
    isOver: () => false,
  })
  return { said, starts, gaveUp }
}

test('a program that crashed is started again, one that ended by its own wish is not', () => {
  expect(supervised([139, null])).toMatchObject({ starts: 3, gaveUp: null })
  expect(supervised([0])).toMatchObject({ starts: 1, gaveUp: 0, said: [] })
})

test('one that crashes at once again and again is given up, and says so', () => {
  const { starts, gaveUp, said } = supervised(Array(20).fill(1))
  expect({ starts, gaveUp }).toEqual({ starts: 5, gaveUp: 1 })
  expect(said.at(-1)).toMatch(/5 times within a minute/)
})

test('one that was told to stop during the pause is not started again', () => {
  let starts = 0
  let isOver = false
  let ended = (_: number | null) => {}
  const later: (() => void)[] = []
  const gaveUp: number[] = []
  keepRunning({
    start: (then) => {
      starts += 1
      ended = then
    },
    now: () => 0,
    later: (action) => later.push(action),
    say: () => {},
    giveUp: (code) => gaveUp.push(code),
    isOver: () => isOver,
  })
  ended(1)
  isOver = true
  later.shift()?.()
  expect({ starts, gaveUp }).toEqual({ starts: 1, gaveUp: [0] })
})

test('a program knows whether it is started again, and no other value says so', () => {
  expect(isKeptRunning(keptEnvironment)).toBe(true)
  expect(isKeptRunning({})).toBe(false)
  expect(isKeptRunning({ DRIFTWOOD_KEPT_RUNNING: '' })).toBe(false)
})

test('one end that is told twice is one end', () => {
  const later: (() => void)[] = []
  keepRunning({
    // What cannot be started can tell of an error and of its exit.
    start: (ended) => {
      ended(1)
      ended(1)
    },
    now: () => 0,
    later: (action) => later.push(action),
    say: () => {},
    giveUp: () => {},
    isOver: () => false,
  })
  expect(later).toHaveLength(1)
})

test('the browser of a kiosk is found by platform, and shows one address with its own profile', () => {
  const on = (platform: NodeJS.Platform, env: Record<string, string>, file: string) =>
    findKioskBrowser({ platform, env, exists: (one) => one === file })
  expect(on('linux', { PATH: '/usr/local/bin:/usr/bin' }, '/usr/bin/chromium')).toBe(
    '/usr/bin/chromium',
  )
  expect(on('linux', {}, '/usr/bin/chromium')).toBeNull()
  const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  expect(on('darwin', {}, chrome)).toBe(chrome)
  expect(on('win32', {}, 'C:\\chrome.exe')).toBeNull()
  const args = kioskBrowserArguments('http://127.0.0.1:1/start', '/data/kiosk-browser')
  expect(args).toContain('--kiosk')
  expect(args).toContain('--user-data-dir=/data/kiosk-browser')
  expect(args.at(-1)).toBe('http://127.0.0.1:1/start')
})
