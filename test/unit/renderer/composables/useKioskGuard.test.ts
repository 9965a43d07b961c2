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
  'Alt+d',
  'Alt+Shift+T',
  'Alt+F4',
  'Alt',
  'BrowserBack',
  'BrowserHome',
  'LaunchMail',
  'Print',
  // The list of what runs in a Chromium, from which it can be ended.
  'Shift+Escape',
  'Ctrl+Shift+C',
  'Ctrl+Shift+Delete',
  // Places where an address or a word to search for can be typed.
  'Ctrl+l',
  'Ctrl+k',
  'Ctrl+Shift+A',
  'Ctrl+Tab',
  'Ctrl+PageDown',
  'Ctrl+9',
  'Ctrl+Enter',
  // On a Mac.
  'Meta+,',
  'Meta+m',
  'Meta+[',
  'Meta+Alt+i',
  'Meta+Alt+ˆ',
  'F4',
])('%s is held', (keys) => {
  expect(isBrowserKey(press(keys))).toBe(true)
})

it.each([
  ...['a', 'Enter', 'Tab', 'Shift+Tab', 'Escape', 'ArrowLeft', '?', 'Shift+A', 'Shift+ArrowLeft'],
  ...['Ctrl+c', 'Ctrl+v', 'Ctrl+z', 'Ctrl+Shift+z', 'Ctrl+Shift+v', 'Ctrl+Backspace'],
  ...['Ctrl+ArrowLeft', 'Ctrl+Shift+ArrowLeft', 'Alt+Backspace'],
  // Option on a Mac, where some keyboards have these signs nowhere else.
  ...['Alt+@', 'Alt+|', 'Alt+[', 'Alt+Dead'],
])('%s stays the game’s', (keys) => {
  expect(isBrowserKey(press(keys))).toBe(false)
})

it('types a sign of the third level, for which Windows reports Control and Alt', () => {
  const getModifierState = (name: string) => name === 'AltGraph'
  expect(isBrowserKey({ ...press('Ctrl+Alt+\\'), getModifierState })).toBe(false)
  expect(isBrowserKey(press('Ctrl+Alt+\\'))).toBe(true)
})
