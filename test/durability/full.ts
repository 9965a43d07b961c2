import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { continueAgainAndAgain } from './continuing.ts'
import { cutAtEveryByte } from './cutting.ts'
import {
  type DenialReport,
  denyAgainAndAgain,
  fillAgainAndAgain,
  lockAgainAndAgain,
} from './denying.ts'
import { buildFaultyLayer, ERRORS, playWithFault } from './failing.ts'
import {
  corruptions,
  type HarmReport,
  harmAgainAndAgain,
  lengthOf,
  playedFolder,
} from './harming.ts'
import { killAgainAndAgain } from './killing.ts'

/**
 * The durability tests in full; takes up to half an hour. `node test/durability/full.ts
 * [kill|continue|cut|corrupt|fail|lock|deny|fill]...`; exits 1 when anything was lost, false or a crash.
 */
const folder = mkdtempSync(join(tmpdir(), 'driftwood-durability-'))
// One part plays as an account that may do nothing.
chmodSync(folder, 0o755)
const wanted = process.argv.slice(2)
let failed = false

function tell(what: string, faults: readonly string[]): void {
  process.stdout.write(`${what}; ${faults.length} faults\n`)
  for (const fault of faults.slice(0, 20)) process.stdout.write(`  ${fault}\n`)
  if (faults.length > 0) failed = true
}

const isWanted = (part: string): boolean => wanted.length === 0 || wanted.includes(part)

if (isWanted('kill')) {
  const { kills, acknowledged, faults } = await killAgainAndAgain(join(folder, 'killed'), 500)
  tell(`${kills} kills, ${acknowledged} acknowledged actions`, faults)
}
if (isWanted('continue')) {
  const report = await continueAgainAndAgain(join(folder, 'continued'), 50)
  const { kills, acknowledged, compared, faults } = report
  tell(`${kills} kills of the game itself, ${acknowledged} acknowledged, ${compared} equal`, faults)
}
if (isWanted('cut') || isWanted('corrupt')) {
  const dataDir = join(folder, 'harmed')
  const recorded = await playedFolder(dataDir)
  const tellHarm = (name: string, { opened, complete, fewest, faults }: HarmReport) => {
    const kept = `complete again ${complete}, at least ${fewest} of ${recorded.length} lines`
    tell(`${opened} ${name}: ${kept}`, faults)
  }
  if (isWanted('cut')) {
    tellHarm(`truncations of ${lengthOf(dataDir)} bytes`, await cutAtEveryByte(dataDir, recorded))
  }
  if (isWanted('corrupt')) {
    const seed = Date.now() >>> 0
    const report = harmAgainAndAgain(dataDir, recorded, corruptions(1000, seed))
    tellHarm(`corruptions from seed ${seed}`, report)
  }
}
if (isWanted('fail')) {
  const library = buildFaultyLayer(folder)
  if (library === null) {
    process.stdout.write('failing writes: skipped, needs Linux and a C compiler\n')
  } else {
    for (const error of ERRORS) {
      for (const forever of [false, true]) {
        const faults: string[] = []
        let [runs, misses] = [0, 0]
        // Past the last write of the run nothing is hit any more.
        for (let at = 1; misses < 10 && at < 400; at += 1) {
          const outcome = playWithFault(folder, library, { at, error, forever })
          runs += 1
          misses = outcome.hit ? 0 : misses + 1
          if (outcome.fault !== null) faults.push(outcome.fault)
        }
        tell(`${runs} writes failing with ${error}${forever ? ' for good' : ''}`, faults)
      }
    }
  }
}
const tellDenial = (name: string, report: DenialReport | null): void => {
  if (report === null) process.stdout.write(`${name}: skipped, needs root on Linux\n`)
  else {
    const { rounds, acknowledged, told, faults } = report
    tell(`${rounds} ${name}: ${acknowledged} acknowledged, ${told} refusals told`, faults)
  }
}
if (isWanted('lock')) {
  tellDenial('locks of other programs', await lockAgainAndAgain(join(folder, 'locked'), 10))
}
if (isWanted('deny')) tellDenial('folders made read-only', await denyAgainAndAgain(folder, 25))
if (isWanted('fill')) {
  const sizes = Array.from({ length: 40 }, (_, index) => 60 + index * 15)
  tellDenial('full disks', fillAgainAndAgain(folder, sizes))
}
rmSync(folder, { recursive: true, force: true })
process.exit(failed ? 1 : 0)
