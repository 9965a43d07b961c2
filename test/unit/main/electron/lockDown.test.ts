import type { Input } from 'electron'
import { expect, test } from 'vitest'
import { type LockableWindow, lockDown } from '../../../../src-main/electron/lockDown.ts'

function lockedWindow() {
  const said: string[] = []
  const handlers: Record<string, (event: never, input: never) => void> = {}
  const keep = (name: string) => (then: (event: never, input: never) => void) => {
    handlers[name] = then
  }
  const window = {
    setKiosk: (on: boolean) => said.push(`kiosk ${on}`),
    setAlwaysOnTop: (on: boolean) => said.push(`top ${on}`),
    closeDevTools: () => said.push('no dev tools'),
    onClose: keep('close'),
    onLeft: keep('left'),
    onContextMenu: keep('menu'),
    onDevTools: keep('tools'),
    onKey: keep('key'),
  } as unknown as LockableWindow
  const letGo = lockDown(window)
  const isPrevented = (name: string, input?: Partial<Input>): boolean => {
    let prevented = false
    const event = { preventDefault: () => (prevented = true) }
    handlers[name]?.(event as never, input as never)
    return prevented
  }
  return { said, isPrevented, letGo }
}

const QUIT = { key: 'q', control: true, meta: false, alt: false, shift: false }

test('a locked window cannot be closed, left, or asked for a menu or the developer tools', () => {
  const { said, isPrevented } = lockedWindow()
  expect(said).toEqual(['kiosk true', 'top true'])
  expect(isPrevented('close')).toBe(true)
  expect(isPrevented('menu')).toBe(true)
  expect(isPrevented('key', QUIT)).toBe(true)
  expect(isPrevented('key', { ...QUIT, key: 'c' })).toBe(false)
  isPrevented('left')
  isPrevented('tools')
  expect(said.slice(2)).toEqual(['kiosk true', 'no dev tools'])
})

test('let go, everything works again', () => {
  const { said, isPrevented, letGo } = lockedWindow()
  letGo()
  expect(said.slice(2)).toEqual(['top false', 'kiosk false'])
  expect(['close', 'menu'].map((name) => isPrevented(name))).toEqual([false, false])
  expect(isPrevented('key', QUIT)).toBe(false)
  isPrevented('left')
  isPrevented('tools')
  expect(said).toHaveLength(4)
})
