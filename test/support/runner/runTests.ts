import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

/** Checks that do not hold yet, with the reason that is printed. An empty list is the aim. */
const awaited: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('./awaited.json', import.meta.url), 'utf8'),
)

const checks: readonly (readonly [name: string, ...command: string[]])[] = [
  ['format and lint', 'biome', 'ci', '--reporter=summary', '.'],
  ['types of sim', 'tsc', '-p', 'src-main/sim', '--noEmit'],
  ['types of main', 'tsc', '-p', 'src-main', '--noEmit'],
  ['types of renderer', 'vue-tsc', '-p', 'src-renderer', '--noEmit'],
  ['build', 'electron-vite', 'build'],
]

const counts = { passed: 0, failed: 0, skipped: 0 }
const notes: string[] = []

const count = (name: string, holds: boolean, times = 1): void => {
  if (holds) counts.passed += times
  else if (awaited[name] !== undefined) {
    counts.skipped += times
    notes.push(`not yet: ${name} (${times}): ${awaited[name]}`)
  } else {
    counts.failed += times
    notes.push(`failed: ${name} (${times})`)
  }
}

const run = ([command = '', ...args]: readonly string[], quiet = false): boolean =>
  spawnSync(join('node_modules/.bin', command), args, { stdio: quiet ? 'ignore' : 'inherit' })
    .status === 0

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

const runVitest = (): void => {
  const file = join(mkdtempSync(join(tmpdir(), 'driftwood-')), 'report.json')
  run([
    'vitest',
    'run',
    '--reporter=json',
    `--outputFile=${file}`,
    '--reporter=dot',
    '--silent=passed-only',
  ])
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  for (const { name, status, assertionResults } of report.testResults) {
    const path = relative(process.cwd(), name)
    const failures = assertionResults.filter((one) => one.status === 'failed').length
    counts.passed += assertionResults.filter((one) => one.status === 'passed').length
    const skipped = assertionResults.filter((one) => !['failed', 'passed'].includes(one.status))
    counts.skipped += skipped.length
    for (const one of skipped) notes.push(`skipped: ${path}: ${one.fullName}`)
    if (failures > 0) count(path, false, failures)
    else if (status === 'failed' && assertionResults.length === 0) count(path, false)
  }
}

for (const [name, ...command] of checks) {
  console.log(`== ${name}`)
  count(name, run(command))
}
if (process.argv[3] !== 'static') {
  console.log('== vitest')
  runVitest()
}
console.log(notes.join('\n'))
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exitCode = counts.failed === 0 ? 0 : 1
