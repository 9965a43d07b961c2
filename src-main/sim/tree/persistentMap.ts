/**
 * An immutable map: a hash array mapped trie, 32 ways. `set` and `delete` copy one path of nodes and
 * share the rest, so an old value stays valid and a change costs the depth, not the size.
 */
type Key = string | number

interface Leaf<V> {
  readonly hash: number
  readonly key: Key
  readonly value: V
}

interface Branch<V> {
  readonly bitmap: number
  readonly children: readonly Node<V>[]
}

/** Leaves whose 32 hash bits are all equal. */
interface Collision<V> {
  readonly hash: number
  readonly leaves: readonly Leaf<V>[]
}

type Node<V> = Leaf<V> | Branch<V> | Collision<V>

/** How many trie nodes were looked at or copied so far; tests use it to prove that cost is local. */
export const visits = { count: 0 }

const hashOf = (key: Key): number => {
  if (typeof key === 'number') return key | 0
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  }
  return hash ^ (hash >>> 15)
}

const popCount = (bits: number): number => {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

const bitAt = (hash: number, shift: number): number => 1 << ((hash >>> shift) & 31)

const joinLeaves = <V>(one: Leaf<V> | Collision<V>, other: Leaf<V>, shift: number): Node<V> => {
  if (one.hash === other.hash) {
    const leaves = 'leaves' in one ? one.leaves : [one]
    return { hash: one.hash, leaves: [...leaves, other] }
  }
  const a = bitAt(one.hash, shift)
  const b = bitAt(other.hash, shift)
  if (a === b) return { bitmap: a, children: [joinLeaves(one, other, shift + 5)] }
  const first = ((one.hash >>> shift) & 31) < ((other.hash >>> shift) & 31)
  return { bitmap: a | b, children: first ? [one, other] : [other, one] }
}

const replaced = <T>(items: readonly T[], index: number, item: T): readonly T[] => {
  const copy = items.slice()
  copy[index] = item
  return copy
}

/** Whether the last `setIn` added its key or replaced its value: saves `set` a walk of its own. */
let added = false

const setIn = <V>(node: Node<V>, leaf: Leaf<V>, shift: number): Node<V> => {
  visits.count += 1
  if ('children' in node) {
    const bit = bitAt(leaf.hash, shift)
    const index = popCount(node.bitmap & (bit - 1))
    if ((node.bitmap & bit) === 0) {
      added = true
      const children = node.children.toSpliced(index, 0, leaf)
      return { bitmap: node.bitmap | bit, children }
    }
    const child = setIn(node.children[index] as Node<V>, leaf, shift + 5)
    return { bitmap: node.bitmap, children: replaced(node.children, index, child) }
  }
  if ('leaves' in node && node.hash === leaf.hash) {
    const index = node.leaves.findIndex((other) => other.key === leaf.key)
    added = index < 0
    const leaves = added ? [...node.leaves, leaf] : replaced(node.leaves, index, leaf)
    return { hash: node.hash, leaves }
  }
  added = !('key' in node) || node.key !== leaf.key
  if (!added) return leaf
  return joinLeaves(node, leaf, shift)
}

const deleteIn = <V>(node: Node<V>, key: Key, hash: number, shift: number): Node<V> | null => {
  visits.count += 1
  if ('key' in node) return node.key === key ? null : node
  if ('leaves' in node) {
    const leaves = node.leaves.filter((leaf) => leaf.key !== key)
    if (leaves.length === node.leaves.length) return node
    return leaves.length === 1 ? (leaves[0] as Leaf<V>) : { hash: node.hash, leaves }
  }
  const bit = bitAt(hash, shift)
  if ((node.bitmap & bit) === 0) return node
  const index = popCount(node.bitmap & (bit - 1))
  const before = node.children[index] as Node<V>
  const after = deleteIn(before, key, hash, shift + 5)
  if (after === before) return node
  if (after === null) {
    const children = node.children.toSpliced(index, 1)
    if (children.length === 0) return null
    const last = children[0] as Node<V>
    return children.length === 1 && !('children' in last)
      ? last
      : { bitmap: node.bitmap & ~bit, children }
  }
  if (node.children.length === 1 && !('children' in after)) return after
  return { bitmap: node.bitmap, children: replaced(node.children, index, after) }
}

function* leavesOf<V>(node: Node<V>): Generator<Leaf<V>> {
  if ('children' in node) for (const child of node.children) yield* leavesOf(child)
  else if ('leaves' in node) yield* node.leaves
  else yield node
}

const find = <V>(root: Node<V> | null, key: Key): Leaf<V> | undefined => {
  let node = root
  const hash = hashOf(key)
  for (let shift = 0; node !== null; shift += 5) {
    visits.count += 1
    if ('children' in node) {
      const bit = bitAt(hash, shift)
      if ((node.bitmap & bit) === 0) return undefined
      node = node.children[popCount(node.bitmap & (bit - 1))] as Node<V>
    } else if ('leaves' in node) {
      return node.leaves.find((leaf) => leaf.key === key)
    } else {
      return node.key === key ? node : undefined
    }
  }
  return undefined
}

export class PersistentMap<K extends Key, V> {
  readonly size: number
  readonly #root: Node<V> | null
  #sortedKeys: readonly K[] | null = null

  constructor(size = 0, root: Node<V> | null = null) {
    this.size = size
    this.#root = root
  }

  get(key: K): V | undefined {
    return find(this.#root, key)?.value
  }

  has(key: K): boolean {
    return find(this.#root, key) !== undefined
  }

  set(key: K, value: V): PersistentMap<K, V> {
    const leaf = { hash: hashOf(key), key, value }
    if (this.#root === null) return new PersistentMap<K, V>(1, leaf)
    const root = setIn(this.#root, leaf, 0)
    return new PersistentMap<K, V>(added ? this.size + 1 : this.size, root)
  }

  delete(key: K): PersistentMap<K, V> {
    if (this.#root === null || !this.has(key)) return this
    return new PersistentMap<K, V>(this.size - 1, deleteIn(this.#root, key, hashOf(key), 0))
  }

  /** Entries in an order that depends on the keys only. */
  *[Symbol.iterator](): Generator<[K, V]> {
    if (this.#root === null) return
    for (const leaf of leavesOf(this.#root)) yield [leaf.key as K, leaf.value]
  }

  /** Keys in the order that `compare` gives, sorted once. */
  sortedKeys(compare: (a: K, b: K) => number): readonly K[] {
    this.#sortedKeys ??= Array.from(this, ([key]) => key).sort(compare)
    return this.#sortedKeys
  }
}

export const emptyMap = <K extends Key, V>(): PersistentMap<K, V> => new PersistentMap<K, V>()
