import type { Input } from 'electron'

/** Keys that leave, reload or zoom the game. The operating system's own keys are out of reach. */
export function isBlockedInKiosk(input: Pick<Input, 'key' | 'control' | 'meta' | 'alt' | 'shift'>) {
  const key = input.key.toLowerCase()
  if (['f5', 'f11', 'f12', 'browserback', 'browserforward'].includes(key)) return true
  if (input.alt && ['f4', 'arrowleft', 'arrowright', 'home'].includes(key)) return true
  if (!input.control && !input.meta) return false
  if (['w', 'q', 'r', 'n', 't', 'o', 'p', 's', 'u', '+', '-', '=', '0'].includes(key)) return true
  return input.shift && ['i', 'j', 'c'].includes(key)
}
