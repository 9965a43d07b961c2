import { findContainer } from '../../sim/look/containers.ts'
import type { Owner } from '../../sim/look/facts.ts'
import { ownerOf } from '../../sim/look/files.ts'
import type { LevelData } from '../schema.ts'
import { type LevelRun, worldOf } from './run.ts'

/**
 * What becomes of a path when its container is replaced. `durable`: the next container finds it
 * again. `disposable`: it does not. `shared`: it comes from the image, the same for every container.
 */
export const markKinds = ['durable', 'disposable', 'shared'] as const
export type MarkKind = (typeof markKinds)[number]
/** By the id of the path. */
export type MarksAnswer = Readonly<Record<string, MarkKind>>
export type MarkedPath = NonNullable<LevelData['marks']>['paths'][number]

const kindOf = (owner: Owner): MarkKind | null => {
  switch (owner.kind) {
    case 'upper':
    case 'tmpfs':
      return 'disposable'
    case 'volume':
      // An anonymous volume may stay behind, but nothing leads the next container to it.
      return owner.anonymous ? 'disposable' : 'durable'
    case 'bind':
      return 'durable'
    case 'layer':
      return 'shared'
    case 'none':
      return null
  }
}

/** Who answers for the path right now, and what that makes of it; null where there is no such file. */
export function truthOfMark(
  run: LevelRun,
  { container, path }: MarkedPath,
): { readonly kind: MarkKind; readonly owner: Owner } | null {
  const world = worldOf(run)
  if (findContainer(world, container) === null) return null
  const owner = ownerOf(world, container, path)
  const kind = kindOf(owner)
  return kind === null ? null : { kind, owner }
}

/** Can every path be judged as things are now? */
export const canBeMarked = (run: LevelRun): boolean =>
  run.data.marks?.paths.every((one) => truthOfMark(run, one) !== null) ?? false

export const areMarksRight = (run: LevelRun, answer: MarksAnswer): boolean =>
  canBeMarked(run) &&
  (run.data.marks?.paths ?? []).every((one) => truthOfMark(run, one)?.kind === answer[one.id])
