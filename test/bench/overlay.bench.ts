import { contentOf } from '../../src-main/sim/tree/content.ts'
import type { Syscalls } from '../../src-main/sim/vfs/syscalls.ts'
import type { BenchResult } from '../support/runner/benchResult.ts'
import { kernelStat } from './overlay/kernelStat.ts'
import { median, middleOf, nanosEach } from './overlay/measure.ts'
import { type LayerPaths, peerOf, simulated, spread, stackOf } from './overlay/trees.ts'

type Peer = ReturnType<typeof peerOf>

const statRounds = 20
const runs = 5
const turns = 9
/** Runs before those that count: until then what is measured is the compiler at work, on both sides. */
const warmUps = { ours: 30, peer: 3 }

const told = (name: string, value: number, unit: string): BenchResult => ({
  name,
  value,
  unit,
  limit: null,
})

/** Ours in parts of theirs: to be `times` as fast is to need at most 1/times. */
const against = (name: string, ours: number, theirs: number, times: number): BenchResult => ({
  name: `${name}, at least ${times} times as fast`,
  value: ours / theirs,
  unit: 'of its time',
  limit: 1 / times,
})

const statNanos = (calls: Syscalls, paths: readonly string[]): number =>
  nanosEach(paths.length * statRounds, () => {
    for (let round = 0; round < statRounds; round += 1) for (const path of paths) calls.stat(path)
  })

function measureStat(): readonly BenchResult[] {
  const layers = spread(5, 2000)
  const paths = layers.flat()
  const calls = simulated(stackOf(layers))
  const peer = peerOf(layers)
  statNanos(calls, paths)
  const ours = median(runs, () => statNanos(calls, paths))
  const theirs = median(3, () =>
    nanosEach(paths.length, () => {
      for (const path of paths) peer.statSync(path)
    }),
  )
  const kernel = kernelStat(layers, statRounds)
  const figures: BenchResult[] = [
    { name: 'stat, 5 layers of 2,000 files', value: ours, unit: 'ns', limit: 500 },
    told('stat by unionfs and memfs', theirs, 'ns'),
    against('stat against unionfs and memfs', ours, theirs, 30),
  ]
  if (typeof kernel === 'string') console.log(`  no figure of the kernel: ${kernel}`)
  else {
    figures.push(told('stat(2) by the kernel', kernel, 'ns'))
    figures.push(against('stat against the kernel', ours, kernel, 5))
  }
  return figures
}

/** The middle figures of two that take turns: what else the machine does falls on both. */
function inTurns(one: () => number, other: () => number): readonly [number, number] {
  const pairs = Array.from({ length: turns }, () => [one(), other()] as const)
  return [middleOf(pairs.map(([nanos]) => nanos)), middleOf(pairs.map(([, nanos]) => nanos))]
}

function measureLayers(): BenchResult {
  const statOf = (layers: number): (() => number) => {
    const paths = spread(layers, Math.ceil(10_160 / layers))
    const calls = simulated(stackOf(paths))
    const flat = paths.flat()
    return () => statNanos(calls, flat)
  }
  const [few, many] = inTurns(statOf(1), statOf(127))
  return { name: 'stat in 127 layers against 1', value: many / few, unit: 'x', limit: 1.5 }
}

/** One operation on each of many files, each run on a world of its own. */
function compare(
  name: string,
  layers: LayerPaths,
  count: number,
  ours: (calls: Syscalls, path: string) => void,
  theirs: (peer: Peer, path: string) => void,
): readonly BenchResult[] {
  const paths = layers.flat().slice(0, count)
  const stack = stackOf(layers)
  const runOurs = () => {
    const calls = simulated(stack)
    return nanosEach(count, () => {
      for (const path of paths) ours(calls, path)
    })
  }
  const runPeer = () => {
    const peer = peerOf(layers)
    return nanosEach(count, () => {
      for (const path of paths) theirs(peer, path)
    })
  }
  for (let i = 0; i < warmUps.ours; i += 1) runOurs()
  for (let i = 0; i < warmUps.peer; i += 1) runPeer()
  const [own, other] = inTurns(runOurs, runPeer)
  return [told(name, own, 'ns'), against(`${name} against unionfs and memfs`, own, other, 10)]
}

function measureReaddir(): readonly BenchResult[] {
  const layers = spread(10, 1000, 1)
  const calls = simulated(stackOf(layers))
  const peer = peerOf(layers)
  const changed = () => calls.chmod((layers[0] as readonly string[])[0] as string, 0o600)
  changed()
  const own = median(21, () => nanosEach(1, () => void calls.readdir('/app/d0')))
  const first = median(runs, () => {
    const fresh = simulated(stackOf(layers))
    return nanosEach(1, () => void fresh.readdir('/app/d0'))
  })
  const other = median(runs, () => nanosEach(1, () => void peer.readdirSync('/app/d0')))
  return [
    told('readdir of 10,000 names in 10 layers, the first time', first / 1e6, 'ms'),
    told('readdir of 10,000 names in 10 layers', own / 1e6, 'ms'),
    against('readdir against unionfs and memfs', own, other, 10),
  ]
}

const more = contentOf('one more line\n')

const append = (calls: Syscalls, path: string): void => {
  const opened = calls.open(path, { write: true, append: true })
  if (!opened.ok) throw new Error(opened.errno)
  calls.write(opened.value, more)
  calls.close(opened.value)
}

/** Path look-up and the operations of one file, beside unionfs over memfs and the kernel itself. */
export function run(): readonly BenchResult[] {
  const layers = spread(5, 2000)
  return [
    ...measureStat(),
    measureLayers(),
    ...measureReaddir(),
    ...compare('append with copy-up', layers, 5000, append, (peer, path) =>
      // unionfs has no copy-up: what a program over it does is to read below and write above
      peer.writeFileSync(path, `${peer.readFileSync(path, 'utf8')}one more line\n`),
    ),
    ...compare(
      'copy-up by chmod',
      layers,
      5000,
      (calls, path) => void calls.chmod(path, 0o600),
      (peer, path) => {
        peer.writeFileSync(path, peer.readFileSync(path))
        peer.chmodSync(path, 0o600)
      },
    ),
    ...compare(
      'unlink with whiteout',
      layers,
      5000,
      (calls, path) => void calls.unlink(path),
      // unionfs has no whiteouts: the file goes from the volume that has it
      (peer, path) => peer.unlinkSync(path),
    ),
    ...compare(
      'rename',
      layers,
      5000,
      (calls, path) => void calls.rename(path, `${path}.old`),
      (peer, path) => peer.renameSync(path, `${path}.old`),
    ),
  ]
}
