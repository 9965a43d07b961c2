import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scriptOf } from './arbitraryScript.ts'
import { goldenScripts } from './goldenScripts.ts'
import { levelScripts } from './levelScripts.ts'
import type { LiveScript } from './liveScript.ts'

const folder = join(import.meta.dirname, 'cases')

/** What random scripts found, each kept as a file of lines over the same fixed world. */
const foundScripts = (): LiveScript[] =>
  readdirSync(folder)
    .sort()
    .map((name) =>
      scriptOf(
        readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'),
        name.replace(/\.txt$/, ''),
      ),
    )

/** Every script that has a name: found ones, the recorded ones, and the levels' solutions. */
export const namedScripts = (): LiveScript[] => [
  ...foundScripts(),
  ...goldenScripts(),
  ...levelScripts(),
]
