import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { loadRoom } from './loadRoom.ts'

/**
 * `npm run classroom -- [--players N] [--rate N] [--minutes N] [--in FOLDER]`: a full room on
 * loopback, with a kill in the middle. The players share this machine's processors with the host, so
 * the figures are worse than those of a room. An action is answered when it is on the disk, so a disk
 * that pauses makes everybody wait: what the disk alone takes is measured beside it, and a folder in
 * memory shows what the game alone takes. Exits 1 when anything was lost or false, never because of
 * time.
 */
const { values } = parseArgs({
  options: {
    players: { type: 'string', default: '60' },
    rate: { type: 'string', default: '10' },
    minutes: { type: 'string', default: '5' },
    in: { type: 'string', default: tmpdir() },
  },
})
const [players, rate, minutes] = [values.players, values.rate, values.minutes].map(Number)
if (!(players && rate && minutes)) throw new Error('--players, --rate, --minutes: numbers above 0')
const dataDir = mkdtempSync(join(values.in, 'driftwood-classroom-'))
const say = (line: string) => process.stdout.write(`${line}\n`)
const load = () => loadavg()[0]?.toFixed(1)

say(`${availableParallelism()} processors, load ${load()} before; the players run on them as well`)
const disk = startDiskProbe(dataDir)
const report = await loadRoom({ dataDir, players, rate, seconds: minutes * 60 })
const spread = (times: readonly number[]): string => {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (part: number) =>
    `${(sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1)} ms`
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, most ${at(1)}`
}
const late = report.comebacks.toSorted((a, b) => a - b)
say(
  `${players} players × ${rate}/s for ${minutes} min: ${report.acknowledged} acknowledged actions`,
)
say(`asked for ${players * rate}/s, answered ${(report.acknowledged / minutes / 60).toFixed(0)}/s`)
say(`due until answered: ${spread(report.latencies)}`)
say(`the disk alone, for one page: ${spread(await disk())}`)
say(
  `back after the kill: half of them in ${late[Math.floor(late.length / 2)]?.toFixed(0)} ms, all in ${late.at(-1)?.toFixed(0)} ms`,
)
say(`processor time of the host: ${report.hostWork?.toFixed(2)} ms for an action`)
say(`the host holds ${((report.hostBytes ?? 0) / 2 ** 20).toFixed(0)} MiB; load ${load()} after`)
say(`${report.faults.length} faults`)
for (const fault of report.faults.slice(0, 20)) say(`  ${fault}`)
rmSync(dataDir, { recursive: true, force: true })
process.exitCode = report.faults.length > 0 ? 1 : 0

/** Measures until it is called. */
function startDiskProbe(folder: string): () => Promise<readonly number[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'diskProbe.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return async () => {
    const told = text(child.stdout)
    child.kill('SIGTERM')
    return JSON.parse(await told)
  }
}
