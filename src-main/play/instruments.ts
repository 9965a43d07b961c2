import { apply } from '../sim/apply.ts'
import { diskFacts } from '../sim/look/disk.ts'
import type { World } from '../sim/world.ts'
import type { PlaySession } from './sessionState.ts'
import { containersInOrder, stackOf } from './stage/stageOf.ts'
import { bytesHiddenByWhiteouts, type Stack } from './stage/tilesOf.ts'
import { stepText } from './texts/eventTexts.ts'
import type { InstrumentsView } from './view.ts'
import { stepAt } from './worldAt.ts'

/** Steps listed in the events panel, newest last. */
const maxEvents = 200

type Said = Map<string, Spoken>

/** What a command printed. */
interface Spoken {
  readonly command: string
  readonly output: string
}

/** What was printed before, by the two parts of a world that these commands look at. */
const saidBefore = new WeakMap<World['storage']['fileSystems'], WeakMap<World['engine'], Said>>()

const saidOf = ({ storage: { fileSystems }, engine }: World): Said => {
  const byEngine = saidBefore.get(fileSystems) ?? new WeakMap<World['engine'], Said>()
  saidBefore.set(fileSystems, byEngine)
  const said = byEngine.get(engine) ?? new Map<string, Spoken>()
  byEngine.set(engine, said)
  return said
}

/**
 * What a command prints on this world; looking never changes it. None of the commands here tells
 * the time, so a world in which only the clock went on says the same again.
 */
const says = (world: World, command: string): Spoken => {
  const said = saidOf(world)
  const known = said.get(command)
  if (known !== undefined) return known
  const { stdout, stderr } = apply(world, command)
  const output = `${stdout}${stderr}`.replace(/\n$/, '')
  const spoken = { command, output }
  said.set(command, spoken)
  return spoken
}

type Inspected = NonNullable<InstrumentsView['inspect']>

const inspectedBefore = new WeakMap<Spoken, Inspected>()

const inspected = (spoken: Spoken): Inspected => {
  const known = inspectedBefore.get(spoken)
  if (known !== undefined) return known
  const text = spoken.output
  const view = { text, marked: markedLines(text) }
  inspectedBefore.set(spoken, view)
  return view
}

const markedLines = (text: string): readonly number[] => {
  const lines = text.split('\n')
  const marked: number[] = []
  let inMounts = false
  for (const [at, line] of lines.entries()) {
    if (/^ {8}"Mounts": \[/.test(line)) inMounts = true
    const isPart = inMounts || /"(UpperDir|LowerDir|MergedDir|WorkDir|Image)":/.test(line)
    if (isPart) marked.push(at)
    if (inMounts && /\],?$/.test(line)) inMounts = false
  }
  return marked
}

/**
 * What came up from below and is still there. Bytes that were appended since are an edit, like files
 * born here; so is all of a file that was emptied as it was opened, for nothing of it was copied.
 */
const copiedUpBytes = ({ layers: [upper] }: Stack): number => {
  let sum = 0
  for (const entry of upper?.contents.values() ?? []) {
    if (entry.kind === 'file') sum += entry.copiedBytes ?? 0
  }
  return sum
}

/** As `docker system df` counts: layers that an image has too are counted there. */
const buildCacheBytes = ({ engine }: World): number => {
  const inImages = new Set(engine.images.flatMap(({ layers }) => layers))
  return engine.cache
    .filter(({ layer }) => layer === null || !inImages.has(layer))
    .reduce((sum, { bytes }) => sum + bytes, 0)
}

const disk = (session: PlaySession, world: World): InstrumentsView['disk'] => {
  const facts = diskFacts(world)
  const containers = containersInOrder(world, session.level.data.focus)
  const [container] = containers
  const parts = {
    containers: containers.length,
    imageLayers: facts.images,
    writableLayers: facts.containers,
    volumes: facts.volumes,
    buildCache: buildCacheBytes(world),
  }
  if (container === undefined) {
    return {
      container: null,
      copiedUp: 0,
      bornHere: 0,
      hiddenByWhiteouts: 0,
      ...parts,
    }
  }
  const stack = stackOf(world, container)
  const copiedUp = copiedUpBytes(stack)
  return {
    container: container.name,
    copiedUp,
    bornHere: container.upperBytes - copiedUp,
    hiddenByWhiteouts: bytesHiddenByWhiteouts(world, stack),
    ...parts,
  }
}

const events = (session: PlaySession): InstrumentsView['events'] => {
  const first = Math.max(1, session.shownStep - maxEvents + 1)
  const found: InstrumentsView['events'][number][] = []
  for (let number = first; number <= session.shownStep; number += 1) {
    const step = stepAt(session, number)
    if (step === null) break
    found.push({
      step: number,
      rule: step.event.rule,
      ...stepText(session.locale, step),
    })
  }
  return found
}

/** What the panels beside the stage show, for one world. The figures are Docker's own. */
export function instrumentsOf(session: PlaySession, world: World): InstrumentsView {
  const [container] = containersInOrder(world, session.level.data.focus)
  const name = container?.name
  const inspect = name === undefined ? null : inspected(says(world, `docker inspect ${name}`))
  const commands = [
    `docker ps -a -s --format 'table {{.Names}}\\t{{.Size}}'`,
    ...(name === undefined ? [] : [`docker diff ${name} | head -n 12`]),
    'docker volume ls',
    // Its four usual columns are wider than the panel; these are the ones that add up to the bars.
    `docker system df --format 'table {{.Type}}\\t{{.Size}}\\t{{.Reclaimable}}'`,
  ]
  return {
    disk: disk(session, world),
    inspect,
    events: events(session),
    dockerSays: commands.map((command) => says(world, command)),
  }
}
