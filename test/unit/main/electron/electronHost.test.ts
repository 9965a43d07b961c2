import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WebFrameMain } from 'electron'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isAppUrl } from '../../../../src-main/electron/appAddress.ts'
import { answerAppRequest, appScheme } from '../../../../src-main/electron/appProtocol.ts'
import { createRecovery } from '../../../../src-main/electron/createRecovery.ts'
import { type IpcServer, ipcPort } from '../../../../src-main/electron/ipcPort.ts'
import { isBlockedInKiosk } from '../../../../src-main/electron/kiosk.ts'
import { closeSession } from '../../../../src-main/electron/permissions.ts'
import { guardContents, pageUrl, windowOptions } from '../../../../src-main/electron/window.ts'
import { CONTENT_POLICY } from '../../../../src-main/served/contentPolicy.ts'

describe('answerAppRequest', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'driftwood-app-'))
    writeFileSync(join(folder, 'index.html'), '<p>game</p>')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const get = (url: string, method = 'GET') => answerAppRequest(folder, { url, method })

  it.each(['app://game/', 'app://game/index.html', 'app://game/?renderer=canvas'])(
    'serves the page at %s with its content policy',
    async (url) => {
      const response = await get(url)
      expect(response.status).toBe(200)
      expect(await response.text()).toBe('<p>game</p>')
      expect(response.headers.get('content-security-policy')).toBe(CONTENT_POLICY)
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    },
  )

  it.each([
    ['app://game/..%2f..%2fetc%2fpasswd', 404],
    ['app://game/%2e%2e/%2e%2e/etc/passwd', 404],
    ['app://game/index.html%00', 404],
    ['app://other/index.html', 403],
    ['file:///etc/passwd', 403],
    ['https://game/', 403],
  ])('gives nothing for %s', async (url, status) => {
    const response = await get(url)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe('')
  })

  it('answers reading only', async () => {
    expect((await get('app://game/', 'POST')).status).toBe(403)
  })

  it('registers a scheme that cannot get around the content policy', () => {
    expect(appScheme.privileges).not.toHaveProperty('bypassCSP')
    expect(appScheme.privileges).not.toHaveProperty('allowServiceWorkers')
  })
})

describe('isAppUrl', () => {
  it.each([
    ['app://game/', true],
    ['app://game/#map', true],
    ['app://game.evil/', false],
    ['app://evil/', false],
    ['https://game/', false],
    ['javascript:alert(1)', false],
    ['not an address', false],
  ])('%s is %s', (url, expected) => {
    expect(isAppUrl(url)).toBe(expected)
  })
})

describe('guardContents', () => {
  type Listener = (event: { url: string; preventDefault: () => void }) => void

  function guarded() {
    const listeners = new Map<string, Listener>()
    let openHandler: (() => { action: string }) | undefined
    guardContents({
      on: ((name: string, listener: Listener) => listeners.set(name, listener)) as never,
      setWindowOpenHandler: ((handler: typeof openHandler) => {
        openHandler = handler
      }) as never,
    })
    const isPrevented = (name: string, url: string) => {
      let prevented = false
      const listener = listeners.get(name)
      if (!listener) throw new Error(`nobody listens to ${name}`)
      listener({ url, preventDefault: () => (prevented = true) })
      return prevented
    }
    return { isPrevented, open: () => openHandler?.() }
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])(
    '%s stays on the game',
    (name) => {
      const { isPrevented } = guarded()
      expect(isPrevented(name, 'https://example.org/')).toBe(true)
      expect(isPrevented(name, 'file:///etc/passwd')).toBe(true)
      expect(isPrevented(name, 'app://game/')).toBe(false)
    },
  )

  it('opens no window and no webview', () => {
    const { isPrevented, open } = guarded()
    expect(open()).toEqual({ action: 'deny' })
    expect(isPrevented('will-attach-webview', 'app://game/')).toBe(true)
  })
})

describe('closeSession', () => {
  function closed(saveTo: string | null = null) {
    const handlers: Record<string, (...values: never[]) => unknown> = {}
    const keep = (name: string) => (handler: (...values: never[]) => unknown) => {
      handlers[name] = handler
    }
    const session = {
      setPermissionRequestHandler: keep('request') as never,
      setPermissionCheckHandler: keep('check') as never,
      setDevicePermissionHandler: keep('device') as never,
      on: ((name: string, handler: () => unknown) => keep(name)(handler)) as never,
      webRequest: { onBeforeRequest: keep('web') as never },
    }
    closeSession(session, { saveTo })
    const ask = (name: string, ...values: unknown[]) => handlers[name]?.(...(values as never[]))
    return { ask }
  }

  it.each([
    ['fullscreen', true],
    ['clipboard-sanitized-write', true],
    ['clipboard-read', false],
    ['media', false],
    ['geolocation', false],
    ['openExternal', false],
    ['notifications', false],
  ])('permission %s: %s', (permission, expected) => {
    const { ask } = closed()
    let answer: unknown
    ask('request', null, permission, (value: boolean) => (answer = value))
    expect(answer).toBe(expected)
    expect(ask('check', null, permission)).toBe(expected)
    expect(ask('device', {})).toBe(false)
  })

  it.each([
    ['app://game/index.js', false],
    ['data:,x', false],
    ['https://example.org/', true],
    ['http://127.0.0.1:80/', true],
    ['ws://127.0.0.1/', true],
    ['file:///etc/passwd', true],
    ['', true],
  ])('a request for %s is cancelled: %s', (url, cancel) => {
    let answer: unknown
    closed().ask('web', { url }, (value: unknown) => (answer = value))
    expect(answer).toEqual({ cancel })
  })

  function downloaded(url: string, saveTo: string | null = null) {
    let prevented = false
    let path: string | null = null
    const item = {
      getURL: () => url,
      getFilename: () => '../ada.driftwood',
      setSavePath: (file: string) => (path = file),
    }
    closed(saveTo).ask('will-download', { preventDefault: () => (prevented = true) }, item)
    return { prevented, path }
  }

  it.each([
    'https://example.org/a',
    'app://game/index.js',
    'blob:https://example.org/1',
    'data:,x',
  ])('downloads nothing from %s', (url) => {
    expect(downloaded(url)).toEqual({ prevented: true, path: null })
  })

  it('saves what the game itself has made, in a kiosk without asking and in its own folder', () => {
    expect(downloaded('blob:app://game/1')).toEqual({ prevented: false, path: null })
    expect(downloaded('blob:app://game/1', '/visits')).toEqual({
      prevented: false,
      path: join('/visits', 'ada.driftwood'),
    })
  })
})

describe('ipcPort', () => {
  const frame = (origin: string) => ({ origin }) as WebFrameMain
  const ours = frame('app://game')

  function callFrom(senderFrame: WebFrameMain | null, mainFrame: WebFrameMain | null = ours) {
    const listeners: Parameters<IpcServer['handle']>[1][] = []
    const port = ipcPort(
      { handle: (_channel, listener) => listeners.push(listener) },
      () => mainFrame,
    )
    port.set('get-home', (caller) => ({ ok: true, value: caller.trusted }))
    return listeners[0]?.({ senderFrame }, {})
  }

  it('trusts the top frame of the game', () => {
    expect(callFrom(ours)).toEqual({ ok: true, value: true })
  })

  it.each([
    ['a frame inside it', frame('app://game'), ours],
    ['a frame that is gone', null, ours],
    ['any frame once the window is closed', ours, null],
  ])('does not trust %s', (_, sender, main) => {
    expect(callFrom(sender, main)).toEqual({ ok: true, value: false })
  })

  it('does not trust its own top frame on another address', () => {
    const elsewhere = frame('https://example.org')
    expect(callFrom(elsewhere, elsewhere)).toEqual({ ok: true, value: false })
  })
})

describe('windowOptions', () => {
  it('keeps the page apart from Node', () => {
    const { webPreferences } = windowOptions({ preload: '/p.cjs', kiosk: false, packaged: true })
    expect(webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
    })
  })

  it('opens the game with the chosen renderer', () => {
    expect(pageUrl('')).toBe('app://game/')
    expect(pageUrl('renderer=canvas')).toBe('app://game/?renderer=canvas')
  })
})

describe('isBlockedInKiosk', () => {
  const key = (name: string, held: Partial<Parameters<typeof isBlockedInKiosk>[0]> = {}) =>
    isBlockedInKiosk({
      key: name,
      control: false,
      meta: false,
      alt: false,
      shift: false,
      ...held,
    })

  it('keeps a visitor in the game', () => {
    expect(key('F11')).toBe(true)
    expect(key('w', { control: true })).toBe(true)
    expect(key('F4', { alt: true })).toBe(true)
    expect(key('I', { control: true, shift: true })).toBe(true)
    expect(key('q', { meta: true })).toBe(true)
  })

  it('leaves typing, copying and undo alone', () => {
    expect(key('w')).toBe(false)
    expect(key('c', { control: true })).toBe(false)
    expect(key('z', { control: true })).toBe(false)
    expect(key('ArrowLeft')).toBe(false)
  })
})

describe('createRecovery', () => {
  it('reloads three times within a minute, then starts anew', () => {
    const done: string[] = []
    let time = 0
    const recover = createRecovery({
      now: () => time,
      reload: () => done.push('reload'),
      relaunch: () => done.push('relaunch'),
    })
    for (time of [0, 10, 20, 30]) recover()
    expect(done).toEqual(['reload', 'reload', 'reload', 'relaunch'])
  })

  it('forgets what is more than a minute old', () => {
    const done: string[] = []
    let time = 0
    const recover = createRecovery({
      now: () => time,
      reload: () => done.push('reload'),
      relaunch: () => done.push('relaunch'),
    })
    for (time of [0, 10, 20, 60_015]) recover()
    expect(done).not.toContain('relaunch')
  })
})
