import { spawn } from 'node:child_process'
import { join } from 'node:path'

export interface ContinueReport {
  readonly kills: number
  readonly acknowledged: number
  /** Starts that found exactly the last acknowledged state, not one a single action further. */
  readonly compared: number
  readonly faults: readonly string[]
}

interface Stand {
  readonly revision: number
  readonly shown: string
}

/**
 * Kills the game itself at random moments of play and starts it again: it must stand where the last
 * acknowledged action left it, with everything that was shown, or one action further.
 */
export async function continueAgainAndAgain(
  dataDir: string,
  kills: number,
): Promise<ContinueReport> {
  const faults: string[] = []
  let [acknowledged, compared] = [0, 0]
  let last: Stand | null = null
  for (let kill = 1; kill <= kills; kill += 1) {
    const said = await playUntilKilled(dataDir, 50 + Math.random() * 400)
    const stands = said.map((line) => /^(?:ok|open) (\d+) ([0-9a-f]+)$/.exec(line))
    const bad = said.find((_, index) => stands[index] === null)
    if (bad !== undefined) faults.push(`kill ${kill}: the game said "${bad}"`)
    const seen = stands.map((one) => ({ revision: Number(one?.[1]), shown: one?.[2] ?? '' }))
    const opened = seen[0]
    if (!opened) faults.push(`kill ${kill}: it did not start`)
    else if (last) {
      const further: number = opened.revision - last.revision
      if (further !== 0 && further !== 1) {
        faults.push(`kill ${kill}: left at ${last.revision}, continued at ${opened.revision}`)
      }
      if (further === 0) compared += 1
      if (further === 0 && opened.shown !== last.shown) {
        faults.push(`kill ${kill}: at ${opened.revision} something else is shown`)
      }
    }
    acknowledged += said.filter((line) => line.startsWith('ok')).length
    last = seen.at(-1) ?? last
  }
  return { kills, acknowledged, compared, faults }
}

function playUntilKilled(dataDir: string, delay: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const actor = spawn(process.execPath, [join(import.meta.dirname, 'realActor.ts'), dataDir], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [said, complaints] = ['', '']
    actor.stdout.on('data', (chunk: Buffer) => {
      if (said === '') setTimeout(() => actor.kill('SIGKILL'), delay)
      said += chunk.toString()
    })
    actor.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk.toString()
    })
    actor.on('error', reject)
    actor.on('close', () => {
      const lines = said.split('\n').slice(0, -1)
      resolve(complaints === '' ? lines : [...lines, complaints.trim()])
    })
  })
}
