/**
 * `npm run conformance:shell -- [--scripts N] [--seed S]`: fixed and random scripts on the simulator's
 * shell and on busybox. Prints each difference shrunk; exit 1 when there is one.
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { BusyboxShell, busyboxMissing, type ShellResult } from './busyboxShell.ts'
import { arbitraryShellScript, fixedScripts } from './scripts.ts'
import { runSimulated } from './simulatedShell.ts'

const { values } = parseArgs({
  options: {
    scripts: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    failures: { type: 'string', default: '10' },
  },
})

const missing = busyboxMissing()
if (missing !== null) console.log(`skipped: ${missing}`)
else {
  const shell = new BusyboxShell()
  const agrees = (script: string): boolean => {
    const theirs = shell.run(script)
    // Another script in its place: how far one comes that has no end says nothing.
    fc.pre(theirs !== null)
    return JSON.stringify(runSimulated(script)) === JSON.stringify(theirs)
  }
  const show = (script: string): void => {
    const [ours, theirs] = [runSimulated(script), shell.run(script)]
    console.log(`DIFFERS ${JSON.stringify(script)}`)
    for (const part of ['stdout', 'exit', 'tree'] as const satisfies (keyof ShellResult)[]) {
      const [own, other] = [JSON.stringify(ours[part]), JSON.stringify(theirs?.[part])]
      if (own !== other) console.log(`  ${part} ${own}\n  busybox ${other}`)
    }
  }
  let failures = 0
  for (const script of fixedScripts.filter((one) => !agrees(one))) {
    failures += 1
    show(script)
  }
  console.log(`${fixedScripts.length} fixed scripts, ${failures} differ`)
  const [scripts, seed] = [Number(values.scripts), Number(values.seed)]
  const chunk = 100
  let found = 0
  for (let at = 0; at < scripts && found < Number(values.failures); at += chunk) {
    const outcome = fc.check(fc.property(arbitraryShellScript, agrees), {
      seed: seed + at / chunk,
      numRuns: chunk,
    })
    if (outcome.failed) {
      found += 1
      show(outcome.counterexample?.[0] ?? '')
    }
  }
  console.log(`${scripts} random scripts from seed ${seed}, ${found} differ`)
  shell.close()
  process.exitCode = failures + found === 0 ? 0 : 1
}
