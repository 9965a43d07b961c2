import { parseCase } from '../../../src-main/cli/overlayCase/parseCase.ts'
import { type Running, startCase, step } from '../../../src-main/cli/overlayCase/replayCase.ts'
import { entryAt, type ListedEntry, listMerged } from '../../../src-main/sim/overlay/list.ts'
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
  readonly upperBytes: number | null
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

/** `rm -r` as the operations of the format: what is below first, then the directory. */
const removals = (running: Running, path: unknown): Record<string, unknown>[] => {
  const under = String(path)
  const entry = entryAt(running.kernel.storage(), running.fs, under)
  if (entry?.kind !== 'dir' || under === '/') return [{ op: 'unlink', path }]
  const below = [...listMerged(running.kernel.storage(), running.fs, under)]
  const remove = ({ path: at, kind }: ListedEntry) => ({
    op: kind === 'dir' ? 'rmdir' : 'unlink',
    path: at,
  })
  return [...below.reverse().map(remove), { op: 'rmdir', path }]
}

const concreteFields = (running: Running, operation: AbstractOperation) => {
  const entries = [...listMerged(running.kernel.storage(), running.fs)]
  const fields = Object.entries(operation).map(([key, value]) => {
    if (key === 'fd') return [key, descriptorName(running, operation)]
    return [key, isChoice(value) ? choose(entries, value) : value]
  })
  return Object.fromEntries(fields) as Record<string, unknown>
}

/**
 * Resolves choices on the simulator, operation by operation; the outcome is a plain case. An upper on
 * a file system of its own gets no links: the kernel then gives the names of one copied-up file
 * different inodes, and ESTALE. Docker has the layers and the upper on one.
 */
export const makeConcrete = ({ layers, ops, quiet, upperBytes }: AbstractCase): KernelCase => {
  const limit = upperBytes === null ? {} : { upperBytes }
  const running = startCase(parseCase(JSON.stringify({ name: 'case', layers, ...limit, ops: [] })))
  const possible = upperBytes === null ? ops : ops.filter(({ op }) => op !== 'link')
  const concrete = possible.flatMap((operation) => {
    const fields = concreteFields(running, operation)
    const made = fields.op === 'rmtree' ? removals(running, fields.path) : [fields]
    const parsed = parseCase(JSON.stringify({ name: 'case', layers: [[]], ops: made })).operations
    for (const one of parsed) step(running, one)
    return made
  })
  return { layers, ops: concrete, quiet, ...limit }
}
