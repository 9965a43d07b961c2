import { engineScript } from './engineScript.ts'
import type { Script, ScriptInput } from './script.ts'
import { storageScript } from './storageScript.ts'

/** How one event is shown: pure, from the layouts before and after it. */
export function scriptFor(input: ScriptInput): Script {
  const { event } = input
  return 'fs' in event && 'path' in event ? storageScript(input, event) : engineScript(input, event)
}
