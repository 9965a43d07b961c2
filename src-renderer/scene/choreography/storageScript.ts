import type { Surroundings } from '../layout/freePlace.ts'
import type { Box, Label, Point, SceneNode, StageLayout } from '../layout/nodes.ts'
import { findCell, findColumn, findPlace, findTile, middleOf, topOf } from './find.ts'
import type { Decor, Offset, Script, ScriptInput, SimEvent } from './script.ts'
import { surroundingsOf } from './surroundings.ts'
import { copyUpLength, HIT, MISS, READ, SETTLE, WHITEOUT } from './timing.ts'

type StorageEvent = Extract<SimEvent, { readonly path: string; readonly fs: string }>

export const fadeIn = (): Offset => ({ alpha: 0 })
/** Gone before what takes its place has come: two pictures over each other say nothing. */
export const fadeOut = (): Offset => ({ alpha: -1 })

/** Plays `decor`, then goes over to the next state from `at` on. */
export function script(decor: readonly Decor[], at: number, over: Partial<Script> = {}): Script {
  const settle = over.settle ?? { start: at, length: SETTLE }
  const ends = decor.map((entry) => entry.start + entry.length)
  return {
    decor,
    settle,
    enter: over.enter ?? fadeIn,
    exit: over.exit ?? fadeOut,
    length: over.length ?? Math.max(settle.start + settle.length, ...ends),
  }
}

const isLookup = (event: SimEvent | null): event is StorageEvent & { layer: string } =>
  event?.type === 'lookup-missed' || event?.type === 'lookup-hit'

/** Light down to a layer, from where the look-up before it had come to. */
function beam(input: ScriptInput, event: StorageEvent, layer: string, length: number) {
  const { before, previous } = input
  const column = findColumn(before, event.path)
  const place = findPlace(before, event.fs, event.path, layer)
  if (!place) return null
  const inStack = event.fs === `overlay:${before.container}` && column
  const x = inStack ? column.x + column.width / 2 : middleOf(place).x
  const top = before.stack.y - 6
  const goesOn = isLookup(previous) && previous.path === event.path
  const was = goesOn ? findPlace(before, previous.fs, previous.path, previous.layer) : null
  const from = was ? middleOf(was).y : top
  const decor: Decor = {
    kind: 'beam',
    start: 0,
    length,
    x,
    top: Math.min(top, place.y),
    from: Math.min(from, middleOf(place).y),
    to: middleOf(place).y,
    landed: null,
  }
  return { decor, place }
}

function lookup(input: ScriptInput, event: StorageEvent & { layer: string }): Script {
  const hit = event.type === 'lookup-hit'
  const length = hit ? HIT : MISS
  const light = beam(input, event, event.layer, length)
  if (!light) return script([], 0, { settle: { start: 0, length: 90 } })
  const second: Decor = hit
    ? { kind: 'flash', box: light.place, tone: 'light', start: length * 0.5, length: length * 0.5 }
    : { kind: 'miss', box: light.place, start: length * 0.35, length: length * 0.65 }
  return script([light.decor, second], 0, { settle: { start: 0, length } })
}

function read(input: ScriptInput, event: StorageEvent & { layer: string }): Script {
  const light = beam(input, event, event.layer, READ)
  if (!light) return script([], 0, { settle: { start: 0, length: 90 } })
  const goesOn = isLookup(input.previous) && input.previous.path === event.path
  const decor = { ...light.decor, landed: light.place } as Decor
  const flash: Decor = {
    kind: 'flash',
    box: light.place,
    tone: 'light',
    start: goesOn ? 0 : READ * 0.4,
    length: goesOn ? READ : READ * 0.6,
  }
  return script([decor, flash], 0, { settle: { start: 0, length: READ } })
}

/** From the tile below to the place in the writable layer, for a copy-up of a path. */
function copyBoxes(input: ScriptInput, event: StorageEvent, fromLayer: string) {
  const from = findPlace(input.before, event.fs, event.path, fromLayer)
  const place = findCell(input.after, 'upper', event.path)
  const up = event.fs === `overlay:${input.after.container}` ? place : from
  if (!from || !up) return null
  const middle = middleOf(up)
  const row = input.after.slabs[0]?.row.height ?? up.height
  const height = Math.min(from.height, row)
  const to: Box = {
    x: Math.round(middle.x - from.width / 2),
    y: Math.round(middle.y - height / 2),
    width: from.width,
    height,
  }
  return { from, to }
}

function copyUp(input: ScriptInput, event: StorageEvent, fromLayer: string, bytes: number): Script {
  const boxes = copyBoxes(input, event, fromLayer)
  if (!boxes) return script([], 0)
  const { from, to } = boxes
  if (event.type === 'copy-up-started') {
    const arrow: Decor = {
      kind: 'arrow',
      from: topOf(from),
      to: { x: middleOf(to).x, y: to.y + to.height },
      tone: 'writable',
      start: 0,
      length: 260,
    }
    const flash: Decor = { kind: 'flash', box: from, tone: 'light', start: 0, length: 260 }
    return script([flash, arrow], 0, { settle: { start: 0, length: 260 } })
  }
  const length = copyUpLength(bytes)
  const arrow: Decor = {
    kind: 'arrow',
    from: topOf(from),
    to: { x: middleOf(to).x, y: to.y + to.height },
    tone: 'writable',
    start: -1000,
    length: length + 1000,
  }
  const double: Decor = {
    kind: 'double',
    from,
    to,
    bytes: Math.max(input.copying ?? bytes, bytes),
    begun: 0,
    part: bytes / Math.max(input.copying ?? bytes, bytes, 1),
    failed: false,
    around: counterRoom(input, from, to),
    start: 0,
    length,
  }
  const tide = rising(input, bytes, { start: length * 0.1, length: length * 0.9 })
  const decor = [arrow, double, tide].filter((entry) => entry !== null)
  return script(decor, length - 60, { settle: { start: length - 60, length: 60 } })
}

/** What the counter of a copy leaves free: tiles and words before and after, and the copy's way. */
function counterRoom({ before, after }: ScriptInput, from: Box, to: Box): Surroundings {
  // The counter is the number that stands there: what the writable layer holds, on its way.
  const isCounted = ({ role }: Label) => role === 'slabSize'
  const { avoid, within, rows } = surroundingsOf(before, from, isCounted)
  const way = { x: from.x, y: to.y, width: from.width, height: from.y + from.height - to.y }
  const then = surroundingsOf(after, to, isCounted).avoid
  return { avoid: [...avoid, ...then, way], within, rows }
}

/** The tank takes in what is copied up, from what it held before; the stage may follow later. */
function rising(
  { before, after }: ScriptInput,
  bytes: number,
  time: { readonly start: number; readonly length: number },
): Decor | null {
  if (!before.tide || !after.tide) return null
  const from = before.tide.levels
  const to = { ...from, writable: Math.max(from.writable + bytes, after.tide.levels.writable) }
  return { kind: 'tide', box: before.tide.box, from, to, ...time }
}

/** The tank as it is from now on: it rose while the bytes were copied, and does not rise twice. */
const full = ({ box, levels }: NonNullable<StageLayout['tide']>): Decor => {
  const still = { from: levels, to: levels, start: -1, length: 400 }
  return { kind: 'tide', box, ...still }
}

function landed(input: ScriptInput, event: StorageEvent, fromLayer: string, bytes: number): Script {
  const boxes = copyBoxes(input, event, fromLayer)
  if (!boxes) return script([], 0)
  const place = findCell(input.after, 'upper', event.path) ?? boxes.to
  const decor: readonly Decor[] = [
    {
      kind: 'double',
      from: boxes.to,
      to: boxes.to,
      bytes,
      begun: 1,
      part: 1,
      failed: false,
      around: surroundingsOf(input.after, place),
      start: -1,
      length: 60,
    },
    { kind: 'flash', box: place, tone: 'writable', start: 40, length: 320 },
    ...(input.after.tide ? [full(input.after.tide)] : []),
  ]
  return script(decor, 0, { settle: { start: 0, length: 220 } })
}

function failed(
  input: ScriptInput,
  event: StorageEvent & { errno: string; bytes: number },
): Script {
  const column = findColumn(input.before, event.path)
  const below = input.before.slabs
    .slice(1)
    .map((slab) => (column ? findTile(input.before, slab.layer, column.id) : null))
    .find((tile) => tile !== null)
  const place = findPlace(input.before, event.fs, event.path)
  if (!place) return script([], 0)
  const whole = Math.max(input.copying ?? event.bytes, event.bytes, 1)
  const part = event.bytes / whole
  const wasCopied = input.previous?.type === 'copy-up-data'
  const start = wasCopied ? 100 : 380
  const decor: Decor[] = [
    {
      kind: 'stamp',
      box: place,
      around: surroundingsOf(input.before, place),
      word: event.errno,
      tone: 'lost',
      start,
      length: 1000 - start,
    },
    { kind: 'flash', box: place, tone: 'lost', start, length: 520 },
  ]
  if (below) {
    const to = { ...below.box, y: Math.round(middleOf(place).y - below.box.height / 2) }
    decor.unshift({
      kind: 'double',
      from: below.box,
      to,
      bytes: whole,
      begun: wasCopied ? part : 0,
      part,
      failed: true,
      around: counterRoom(input, below.box, to),
      start: 0,
      length: 1000,
    })
  }
  return script(decor, 740)
}

const isTileAt = (node: SceneNode, layout: StageLayout, path: string) => {
  const column = findColumn(layout, path)
  if (!column) return false
  const place = `${layout.container}|upper|${column.id}`
  return node.id === `tile:${place}` || node.id === `whiteout:${place}`
}

function pulse(
  input: ScriptInput,
  event: StorageEvent,
  tone: 'writable' | 'white',
  length: number,
) {
  const place =
    findPlace(input.after, event.fs, event.path) ?? findPlace(input.before, event.fs, event.path)
  if (!place) return script([], 0)
  const colour = event.fs.startsWith('overlay:') ? tone : 'durable'
  const flash: Decor = { kind: 'flash', box: place, tone: colour, start: 0, length }
  return script([flash], 0, {
    enter: (node) =>
      isTileAt(node, input.after, event.path) ? { scale: 0.6, alpha: 0 } : fadeIn(),
    exit: (node) =>
      isTileAt(node, input.before, event.path) ? { scale: 0.8, dy: 16, alpha: 0 } : fadeOut(),
  })
}

function withStamp(input: ScriptInput, event: StorageEvent, base: Script, word: string): Script {
  const was = findPlace(input.before, event.fs, event.path)
  const place = was ?? findPlace(input.after, event.fs, event.path)
  if (!place) return base
  const around = surroundingsOf(was ? input.before : input.after, place)
  const tone = event.type === 'operation-refused' ? 'lost' : 'light'
  const length = event.type === 'operation-refused' ? 760 : 520
  const stamp: Decor = { kind: 'stamp', box: place, around, word, tone, start: 0, length }
  return { ...base, decor: [...base.decor, stamp], length: Math.max(base.length, length) }
}

function whiteout(input: ScriptInput, event: StorageEvent & { hides: string }): Script {
  const { after, texts } = input
  const cell = findPlace(after, event.fs, event.path)
  const hidden = findPlace(after, event.fs, event.path, event.hides)
  const decor: Decor[] = []
  if (cell) decor.push({ kind: 'flash', box: cell, tone: 'white', start: 300, length: 300 })
  const bytes = 'hiddenBytes' in event ? Number(event.hiddenBytes) : 0
  if (hidden && bytes > 0) {
    const word = texts.bytes(bytes)
    decor.push({ kind: 'flash', box: hidden, tone: 'light', start: 320, length: 480 })
    const around = surroundingsOf(after, hidden)
    const time = { start: 320, length: 560 }
    decor.push({ kind: 'stamp', box: hidden, around, word, tone: 'light', ...time })
  }
  return script(decor, 0, {
    settle: { start: 0, length: WHITEOUT },
    enter: (node) =>
      isTileAt(node, after, event.path) && node.id.startsWith('whiteout:')
        ? { dy: after.headingsTop - node.box.y - 10, alpha: 0.25 }
        : fadeIn(),
  })
}

/** From the edge of a box to the edge of another: no words of theirs are struck through. */
function betweenEdges(a: Box, b: Box): { readonly from: Point; readonly to: Point } {
  const [from, to] = [middleOf(a), middleOf(b)]
  const edge = (box: Box, at: Point, goal: Point): Point => {
    const [dx, dy] = [goal.x - at.x, goal.y - at.y]
    const part = Math.min(
      (box.width / 2 + 3) / Math.max(Math.abs(dx), 0.001),
      (box.height / 2 + 3) / Math.max(Math.abs(dy), 0.001),
      0.5,
    )
    return { x: at.x + dx * part, y: at.y + dy * part }
  }
  return { from: edge(a, from, to), to: edge(b, to, from) }
}

/** A tile that goes, or comes, from one path to another. */
function moved(input: ScriptInput, event: StorageEvent & { to: string }, leaves: boolean): Script {
  const { before, after } = input
  const from = findPlace(before, event.fs, event.path) ?? findPlace(after, event.fs, event.path)
  const to = findPlace(after, event.fs, event.to)
  if (!from || !to) return script([], 0)
  const arrow: Decor = {
    kind: 'arrow',
    ...betweenEdges(from, to),
    tone: leaves ? 'writable' : 'light',
    start: 0,
    length: 520,
  }
  const flash: Decor = { kind: 'flash', box: to, tone: 'writable', start: 380, length: 260 }
  return script([arrow, flash], 60, {
    settle: { start: 60, length: 460 },
    enter: (node) =>
      isTileAt(node, after, event.to)
        ? { dx: from.x - node.box.x, dy: from.y - node.box.y, alpha: leaves ? 1 : 0.4 }
        : fadeIn(),
    exit: (node) => (leaves && isTileAt(node, before, event.path) ? { alpha: -2 } : fadeOut()),
  })
}

export function storageScript(input: ScriptInput, event: StorageEvent): Script {
  switch (event.type) {
    case 'lookup-missed':
    case 'lookup-hit':
      return lookup(input, event)
    case 'file-read':
      return read(input, event)
    case 'copy-up-started':
    case 'copy-up-data':
      return copyUp(input, event, event.fromLayer, event.bytes)
    case 'file-copied-up':
      return landed(input, event, event.fromLayer, event.bytes)
    case 'copy-up-failed':
      return failed(input, event)
    case 'directory-copied-up': {
      const boxes = copyBoxes(input, event, event.fromLayer)
      return script([], 0, {
        settle: { start: 0, length: 300 },
        enter: (node) =>
          boxes && isTileAt(node, input.after, event.path)
            ? { dx: boxes.from.x - node.box.x, dy: boxes.from.y - node.box.y, alpha: 0.3 }
            : fadeIn(),
      })
    }
    case 'file-created':
    case 'file-written':
      return pulse(input, event, 'writable', 340)
    case 'file-truncated':
      return withStamp(
        input,
        event,
        pulse(input, event, 'writable', 420),
        `${input.texts.bytes(event.from)} → ${input.texts.bytes(event.size)}`,
      )
    case 'attributes-changed': {
      const word = input.texts.attributes[event.what]
      return withStamp(input, event, pulse(input, event, 'writable', 340), word)
    }
    case 'file-removed': {
      const base = pulse(input, event, 'white', 340)
      if (event.freed <= 0) return base
      return withStamp(input, event, base, `−${input.texts.bytes(event.freed)}`)
    }
    case 'whiteout-created':
      return whiteout(input, event)
    case 'whiteout-replaced':
      return script([], 0, {
        settle: { start: 0, length: 360 },
        enter: (node) =>
          isTileAt(node, input.after, event.path) ? { scale: 0.7, alpha: 0 } : fadeIn(),
        exit: (node) =>
          isTileAt(node, input.before, event.path) ? { dy: -34, alpha: 0, turn: 0.12 } : fadeOut(),
      })
    case 'directory-created':
      return script([], 0, {
        settle: { start: 0, length: event.opaque ? 460 : 320 },
        enter: (node) =>
          node.look.kind === 'sheet' || isTileAt(node, input.after, event.path)
            ? { dy: -40, alpha: 0 }
            : fadeIn(),
      })
    case 'renamed':
      return moved(input, event, true)
    case 'linked':
      return moved(input, event, false)
    case 'operation-refused': {
      const place = findPlace(input.before, event.fs, event.path)
      if (!place) return script([], 0)
      const flash: Decor = { kind: 'flash', box: place, tone: 'lost', start: 0, length: 620 }
      return withStamp(input, event, script([flash], 0), event.errno)
    }
  }
}
