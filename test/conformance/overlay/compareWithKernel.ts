import { differences } from '../../../src-main/cli/overlayCase/compareCase.ts'
import { parseCase } from '../../../src-main/cli/overlayCase/parseCase.ts'
import { replayCase } from '../../../src-main/cli/overlayCase/replayCase.ts'
import type { KernelAnswer, KernelCase, KernelWorker } from './KernelWorker.ts'

/**
 * After a remount the kernel shows another tree: its caches had gone stale. MODEL.md lists the one
 * known way there (a change through the descriptor of a nameless object); nobody can agree with both.
 */
export const disagreesWithItself = (answer: KernelAnswer): boolean =>
  answer.mergedAfterRemount !== undefined

/** Differences between the kernel's answer and the simulator's, one line each. */
export const compareAnswer = (kernelCase: KernelCase, answer: KernelAnswer): readonly string[] => {
  if (answer.broken !== undefined) return [`not set up: ${String(answer.broken)}`]
  if (disagreesWithItself(answer)) return []
  const source = JSON.stringify({ name: 'case', ...kernelCase, ...answer })
  const parsed = parseCase(source)
  let lines: readonly string[]
  try {
    lines = differences(parsed.recorded, replayCase(parsed))
  } catch (error) {
    return [`the simulator threw: ${error instanceof Error ? error.stack : String(error)}`]
  }
  return lines
}

/** Runs one case on both. */
export const compareWithKernel = async (
  worker: KernelWorker,
  kernelCase: KernelCase,
): Promise<readonly string[]> => compareAnswer(kernelCase, await worker.run(kernelCase))
