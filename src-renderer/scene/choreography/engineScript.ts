import type { Box, SceneNode, StageLayout } from '../layout/nodes.ts'
import { findCrate, findNode, findPlace, findSource, middleOf } from './find.ts'
import type { Decor, Offset, Script, ScriptInput, SimEvent } from './script.ts'
import { fadeIn, fadeOut, script } from './storageScript.ts'
import { surroundingsOf } from './surroundings.ts'
import { DISCARD } from './timing.ts'

type StorageEvent = Extract<SimEvent, { readonly path: string; readonly fs: string }>
type EngineEvent = Exclude<SimEvent, StorageEvent>

const TURN = -0.07

/** The writable slab lets go and drifts off to the left, turning a little, with all its tiles. */
function drift(container: string, before: StageLayout) {
  const chip = findNode(before, `fleet:${container}`)
  const slab = findNode(before, `slab:${container}|upper`) ?? chip
  const centre = slab ? middleOf(slab.box) : null
  return (node: SceneNode): Offset => {
    if (node.aboard !== container || !centre) {
      // What it stood on stays in the picture while it drifts.
      return node.look.kind === 'rope' ? { dy: 26, alpha: 0 } : { alpha: 0 }
    }
    const own = middleOf(node.box)
    const x = own.x - centre.x
    const y = own.y - centre.y
    const turnedX = x * Math.cos(TURN) - y * Math.sin(TURN)
    const turnedY = x * Math.sin(TURN) + y * Math.cos(TURN)
    const away = (slab?.box.x ?? 0) + (slab?.box.width ?? 0) + 120
    return { dx: turnedX - x - away, dy: turnedY - y + 90, turn: TURN, alpha: 0.75 }
  }
}

function discarded(input: ScriptInput, container: string): Script {
  const { before } = input
  const slab = findNode(before, `slab:${container}|upper`) ?? findNode(before, `fleet:${container}`)
  if (!slab) return script([], 0)
  const leaving = !input.after.nodes.some((node) => node.id === slab.id)
  if (!leaving) return script([], 0)
  return script([], 0, {
    settle: { start: 0, length: DISCARD },
    exit: drift(container, before),
  })
}

function mounted(input: ScriptInput, event: Extract<EngineEvent, { type: 'mounted' }>): Script {
  const rope = findNode(input.after, `rope:${event.container}|${event.path}`)
  const decor: Decor[] = []
  if (rope?.look.kind === 'rope') {
    const points = [...rope.look.points].reverse()
    decor.push({ kind: 'throw', points, mount: event.kind, start: 0, length: 420 })
  }
  for (const node of input.after.nodes) {
    if (node.look.kind === 'lid' && node.id.startsWith(`lid:${event.container}|${event.path}|`)) {
      decor.push({ kind: 'flash', box: node.box, tone: 'durable', start: 520, length: 260 })
    }
  }
  return script(decor, 340, {
    settle: { start: rope ? 340 : 0, length: 320 },
    enter: (node) => {
      if (node.look.kind === 'lid') return { dy: -18, alpha: 0 }
      if (node.look.kind === 'rope' && rope) return { alpha: 0 }
      return fadeIn()
    },
  })
}

function populated(
  input: ScriptInput,
  event: Extract<EngineEvent, { type: 'volume-populated' }>,
): Script {
  const crate = findCrate(input.after, event.volume) ?? findCrate(input.before, event.volume)
  const from = findSource(input.before, event.container, event.path)
  if (!crate) return script([], 0)
  const start = from ? middleOf(from) : middleOf(input.before.stack)
  const count = Math.min(Math.max(event.files, 1), 9)
  const decor: readonly Decor[] = [
    {
      kind: 'flow',
      from: start,
      to: middleOf(crate.box),
      count,
      mount: 'volume',
      start: 0,
      length: 860,
    },
    { kind: 'flash', box: crate.box, tone: 'durable', start: 640, length: 340 },
    {
      kind: 'stamp',
      box: crate.box,
      around: surroundingsOf(input.after, crate.box),
      word: `+${input.texts.files(event.files)}`,
      tone: 'durable',
      start: 520,
      length: 520,
    },
  ]
  return script(decor, 640)
}

function enterFrom(matches: (node: SceneNode) => boolean, offset: Offset) {
  return (node: SceneNode): Offset => (matches(node) ? { alpha: 0, ...offset } : fadeIn())
}

/** The box that stands for a container: its writable slab, or its small stack. */
function containerBox(layout: StageLayout, container: string): Box | null {
  const slab = findNode(layout, `slab:${container}|upper`)
  return (slab ?? findNode(layout, `fleet:${container}`))?.box ?? null
}

function wake(input: ScriptInput, container: string, tone: 'writable' | 'white'): Script {
  const box = containerBox(input.after, container)
  const flash: readonly Decor[] = box
    ? [{ kind: 'flash', box, tone, radius: 13, start: 0, length: 420 }]
    : []
  return script(flash, 0, { settle: { start: 0, length: 350 } })
}

function reported(
  input: ScriptInput,
  event: Extract<EngineEvent, { type: 'process-reported' }>,
): Script {
  const { before } = input
  const path = event.path
  const overlay = `overlay:${event.container}`
  const place =
    findPlace(before, 'volume:', path) ??
    findPlace(before, overlay, path) ??
    containerBox(before, event.container)
  if (!place) return script([], 0)
  const refused = event.what === 'refused'
  const onVolume = before.nodes.some((node) => node.look.kind === 'lid' && node.box === place)
  const tone = refused ? 'lost' : onVolume ? 'durable' : 'light'
  const decor: Decor[] = [{ kind: 'flash', box: place, tone, start: 0, length: 420 }]
  if (event.what === 'rows-inserted' && event.count > 0) {
    const word = `+${event.count}`
    const around = surroundingsOf(before, place)
    decor.push({ kind: 'stamp', box: place, around, word, tone, start: 0, length: 560 })
  }
  return script(decor, 0)
}

export function engineScript(input: ScriptInput, event: EngineEvent): Script {
  switch (event.type) {
    case 'image-layer-built':
      return script([], 0, {
        settle: { start: 0, length: 420 },
        enter: enterFrom(
          (node) => node.id === `slab:${event.layer}` || node.look.kind === 'image',
          {
            dy: -46,
          },
        ),
      })
    case 'image-tagged':
    case 'container-renamed':
      return script([], 0)
    case 'image-removed':
      return script([], 0, {
        settle: { start: 0, length: 420 },
        exit: (node) => (node.look.kind === 'image' ? { dy: 34, alpha: 0 } : fadeOut()),
      })
    case 'container-created':
      return script([], 0, { settle: { start: 0, length: 420 } })
    case 'layer-created':
      return script([], 0, {
        settle: { start: 0, length: 520 },
        enter: enterFrom((node) => node.aboard === event.container, { dy: -64 }),
      })
    case 'volume-created':
      return script([], 0, {
        settle: { start: 0, length: 420 },
        enter: enterFrom((node) => node.look.kind === 'crate', { dy: -18, scale: 0.85 }),
      })
    case 'volume-populated':
      return populated(input, event)
    case 'mounted':
      return mounted(input, event)
    case 'container-started':
      return wake(input, event.container, 'writable')
    case 'container-stopped':
    case 'container-paused':
      return wake(input, event.container, 'white')
    case 'layer-discarded':
    case 'container-removed':
      return discarded(input, event.container)
    case 'volume-orphaned':
      return script([], 0, {
        settle: { start: 0, length: 520 },
        exit: (node) => (node.look.kind === 'rope' ? { dy: 34, alpha: 0 } : fadeOut()),
        enter: enterFrom((node) => node.id.startsWith('loose:'), { dy: -10 }),
      })
    case 'volume-removed':
      return script([], 0, {
        settle: { start: 0, length: 560 },
        exit: (node) => (node.look.kind === 'crate' ? { dy: 70, alpha: 0, turn: 0.05 } : fadeOut()),
      })
    case 'process-reported':
      return reported(input, event)
  }
}
