import { z } from 'zod'
import type { SimEventType } from '../sim/event.ts'
import { measureSchema } from './measureSchema.ts'

const container = z.string().min(1).max(60)
const path = z.string().startsWith('/').max(500)

const eventTypes = [
  'lookup-missed',
  'lookup-hit',
  'file-read',
  'copy-up-started',
  'copy-up-data',
  'file-copied-up',
  'copy-up-failed',
  'directory-copied-up',
  'file-created',
  'file-written',
  'file-truncated',
  'attributes-changed',
  'file-removed',
  'whiteout-created',
  'whiteout-replaced',
  'directory-created',
  'renamed',
  'linked',
  'operation-refused',
  'image-layer-built',
  'image-tagged',
  'image-removed',
  'container-created',
  'layer-created',
  'volume-created',
  'volume-populated',
  'mounted',
  'container-started',
  'container-stopped',
  'container-paused',
  'container-renamed',
  'layer-discarded',
  'container-removed',
  'volume-orphaned',
  'volume-removed',
  'process-reported',
] as const satisfies readonly SimEventType[]

const comparison = {
  is: z.number().optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
}

const leaf = z.discriminatedUnion('kind', [
  /** A figure compared. */
  z.strictObject({ kind: z.literal('measure'), of: measureSchema, ...comparison }),
  /** Who answers for a path. `named` tells a named volume from an anonymous one. */
  z.strictObject({
    kind: z.literal('owner'),
    container,
    path,
    is: z.enum(['upper', 'layer', 'volume', 'bind', 'tmpfs', 'none']),
    volume: z.string().optional(),
    named: z.boolean().optional(),
  }),
  /** The merged view shows the path, or does not. */
  z.strictObject({ kind: z.literal('present'), container, path, present: z.boolean() }),
  /** The file's text has (or lacks) a piece. */
  z.strictObject({
    kind: z.literal('text'),
    container,
    path,
    contains: z.string().min(1),
    present: z.boolean().default(true),
  }),
  /** The permission bits have all of these (octal, as `0775`), seen through the merged view. */
  z.strictObject({
    kind: z.literal('mode'),
    container,
    path,
    has: z.string().regex(/^0[0-7]{3}$/, 'expected octal bits such as 0020'),
  }),
  /** An entry of the writable layer. */
  z.strictObject({
    kind: z.literal('in-upper'),
    container,
    path,
    as: z.enum(['copied-up', 'born-here', 'whiteout', 'anything']).default('anything'),
    present: z.boolean().default(true),
  }),
  /** No image layer of the container's stack stores the path (hidden copies count). */
  z.strictObject({ kind: z.literal('in-image'), container, path, present: z.boolean() }),
  /** The container runs; `original`: it is the very container of the level's start. */
  z.strictObject({
    kind: z.literal('running'),
    container,
    running: z.boolean().default(true),
    original: z.boolean().optional(),
  }),
  /** The very container of the level's start is there under its name, running or not. */
  z.strictObject({ kind: z.literal('still-there'), container }),
  /** A mount of the container lies exactly at, under or above the path, or nowhere near it. */
  z.strictObject({
    kind: z.literal('mounted'),
    container,
    path,
    where: z.enum(['at', 'below', 'above', 'at-or-above', 'elsewhere']),
    type: z.enum(['volume', 'anonymous-volume', 'bind', 'tmpfs']).optional(),
  }),
  /** The image (a tag, or the one a container runs) comes from a Dockerfile, or from a commit. */
  z.strictObject({
    kind: z.literal('provenance'),
    container: container.optional(),
    image: z.string().min(1).max(120).optional(),
    is: z.enum(['dockerfile', 'commit']),
  }),
  /** Something has happened. */
  z.strictObject({
    kind: z.literal('event'),
    type: z.enum(eventTypes),
    scope: z.enum(['command', 'level']).default('level'),
    container: container.optional(),
    /** Exactly this path, or with `under` anything below it too. */
    path: path.optional(),
    under: z.boolean().default(false),
    what: z.string().optional(),
    /** Of a directory that was made: does it hide the one below? */
    opaque: z.boolean().optional(),
    /** Only events of the volume of this name. */
    volume: z.string().min(1).optional(),
    atLeast: z.number().int().min(0).default(1),
    atMost: z.number().int().min(0).optional(),
  }),
  /** One command wrote to the file without copying it up: it was in the writable layer already. */
  z.strictObject({ kind: z.literal('written-again'), container, path }),
  /** The parts of the explanation are put together rightly. */
  z.strictObject({ kind: z.literal('explained') }),
  /** Every path of `marks` is told rightly. */
  z.strictObject({ kind: z.literal('marked') }),
  /** Every prediction of the level that came up was answered, right or wrong. */
  z.strictObject({ kind: z.literal('predicted') }),
])

/** One thing that can be asked of a run. */
export type Leaf = z.infer<typeof leaf>

export type Predicate =
  | Leaf
  | { readonly kind: 'all'; readonly of: readonly Predicate[] }
  | { readonly kind: 'any'; readonly of: readonly Predicate[] }
  | { readonly kind: 'not'; readonly of: Predicate }

export const predicateSchema: z.ZodType<Predicate> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    ...leaf.options,
    z.strictObject({ kind: z.literal('all'), of: z.array(predicateSchema).min(1).max(12) }),
    z.strictObject({ kind: z.literal('any'), of: z.array(predicateSchema).min(1).max(12) }),
    z.strictObject({ kind: z.literal('not'), of: predicateSchema }),
  ]),
)
