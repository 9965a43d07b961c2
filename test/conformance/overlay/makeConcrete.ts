import { parseCase } from '../../../src-main/cli/overlayCase/parseCase.ts'
import { type Running, startCase, step } from '../../../src-main/cli/overlayCase/replayCase.ts'
import { type ListedEntry, listMerged } from '../../../src-main/sim/overlay/list.ts'
import type { KernelCase } from './KernelWorker.ts'

/** A path to be chosen when the operation's turn comes, among what is there then. */
export type PathChoice =
  | string
  | {
      readonly pick: number
      readonly among: 'file' | 'dir' | 'any'
      readonly child?: string
      readonly suffix?: string
    }

/** An operation whose paths and descriptors are still open. */
export type AbstractOperation = Readonly<Record<string, unknown>> & { readonly op: string }

interface AbstractCase {
  readonly layers: KernelCase['layers']
  readonly ops: readonly AbstractOperation[]
  readonly quiet: boolean
}

const isChoice = (value: unknown): value is Exclude<PathChoice, string> =>
  typeof value === 'object' && value !== null && 'pick' in value

const candidates = (
  entries: readonly ListedEntry[],
  among: 'file' | 'dir' | 'any',
): readonly string[] => {
  const fitting = entries.filter(({ kind }) => among === 'any' || kind === among)
  return [...fitting.map(({ path }) => path), ...(among === 'dir' ? ['', ''] : [])]
}

const choose = (entries: readonly ListedEntry[], choice: Exclude<PathChoice, string>): string => {
  const paths = candidates(entries, choice.among)
  const chosen = paths[choice.pick % Math.max(1, paths.length)] ?? '/a'
  const child = choice.child === undefined ? '' : `/${choice.child}`
  return `${chosen}${child}${choice.suffix ?? ''}` || '/'
}

const names = ['p', 'q', 'r', 's']

/** A descriptor number becomes one of those that are open, where any is. */
const descriptorName = (running: Running, operation: AbstractOperation): string => {
  const number = Number(operation.fd)
  const open = [...running.descriptors.keys()]
  const fallback = names[number % names.length] ?? 'p'
  if (operation.op === 'open') return names.find((name) => !open.includes(name)) ?? fallback
  return open[number % Math.max(1, open.length)] ?? fallback
}

/** Resolves choices on the simulator, operation by operation; the outcome is a plain case. */
export const makeConcrete = ({ layers, ops, quiet }: AbstractCase): KernelCase => {
  const running = startCase(parseCase(JSON.stringify({ name: 'case', layers, ops: [] })))
  const concrete = ops.map((operation) => {
    const entries = [...listMerged(running.kernel.storage(), running.fs)]
    const fields = Object.entries(operation).map(([key, value]) => {
      if (key === 'fd') return [key, descriptorName(running, operation)]
      return [key, isChoice(value) ? choose(entries, value) : value]
    })
    const made = Object.fromEntries(fields) as Record<string, unknown>
    const [parsed] = parseCase(
      JSON.stringify({ name: 'case', layers: [[]], ops: [made] }),
    ).operations
    if (parsed !== undefined) step(running, parsed)
    return made
  })
  return { layers, ops: concrete, quiet }
}
