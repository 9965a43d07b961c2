import { expect, it } from 'vitest'
import { isBrowserKey } from '../../../../src-renderer/composables/useKioskGuard.ts'

const press = (text: string) => {
  const parts = text.split('+')
  return {
    key: parts.at(-1) ?? '',
    ctrlKey: parts.includes('Ctrl'),
    metaKey: parts.includes('Meta'),
    altKey: parts.includes('Alt'),
    shiftKey: parts.includes('Shift'),
  }
}

it.each([
  'F1',
  'F5',
  'F11',
  'F12',
  'Ctrl+r',
  'Ctrl+R',
  'Meta+w',
  'Ctrl+Shift+I',
  'Ctrl+Shift+j',
  'Ctrl+p',
  'Ctrl+s',
  'Ctrl+o',
  'Ctrl+u',
  'Ctrl+0',
  'Ctrl+-',
  'Alt+ArrowLeft',
  'Alt+Home',
  'BrowserBack',
])('%s is held', (keys) => {
  expect(isBrowserKey(press(keys))).toBe(true)
})

it.each(['a', 'Enter', 'Tab', 'ArrowLeft', 'Ctrl+c', 'Ctrl+v', 'Ctrl+z', 'Ctrl+Shift+z', '?'])(
  '%s stays the game’s',
  (keys) => {
    expect(isBrowserKey(press(keys))).toBe(false)
  },
)
