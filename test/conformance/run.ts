/**
 * `npm run conformance -- [--cases N] [--seed S]`: the differential test against the kernel, as long
 * as wanted. Prints each failure shrunk to its smallest case; exit 1 when there was one.
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { arbitraryCase } from './overlay/arbitraryCase.ts'
import { compareAnswer, disagreesWithItself } from './overlay/compareWithKernel.ts'
import { type KernelCase, KernelWorker, kernelMissing } from './overlay/KernelWorker.ts'

const chunk = 500

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    failures: { type: 'string', default: '1' },
  },
})

const report = (kernelCase: KernelCase, lines: readonly string[], answer: object): void => {
  console.log(JSON.stringify({ name: 'found', ...kernelCase, ...answer }))
  for (const line of lines) console.log(`  ${line}`)
}

let stale = 0

const runChunk = async (worker: KernelWorker, seed: number, runs: number): Promise<boolean> => {
  const property = fc.asyncProperty(arbitraryCase, async (kernelCase) => {
    const answer = await worker.run(kernelCase)
    if (disagreesWithItself(answer)) stale += 1
    return compareAnswer(kernelCase, answer).length === 0
  })
  const outcome = await fc.check(property, { seed, numRuns: runs })
  if (!outcome.failed) return true
  const kernelCase = outcome.counterexample?.[0]
  if (kernelCase === undefined) throw new Error(String(outcome.errorInstance))
  const answer = await worker.run(kernelCase)
  console.log(`seed ${seed}, after ${outcome.numRuns} cases, shrunk ${outcome.numShrinks} times:`)
  report(kernelCase, compareAnswer(kernelCase, answer), answer)
  return false
}

const main = async (): Promise<number> => {
  const missing = await kernelMissing()
  if (missing !== null) {
    console.log(`skipped: ${missing}`)
    return 0
  }
  const [cases, seed] = [Number(values.cases), Number(values.seed)]
  const worker = new KernelWorker()
  let failures = 0
  const started = performance.now()
  for (let at = 0; at < cases && failures < Number(values.failures); at += chunk) {
    const runs = Math.min(chunk, cases - at)
    if (!(await runChunk(worker, seed + at / chunk, runs))) failures += 1
    const seconds = Math.round((performance.now() - started) / 1000)
    console.log(
      `${at + runs} of ${cases} cases, ${failures} failures, ${stale} not judged, ${seconds} s`,
    )
  }
  await worker.close()
  return failures === 0 ? 0 : 1
}

process.exitCode = await main()
