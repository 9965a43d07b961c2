import type { StageView, StepFilm } from '@contract/api.ts'
import { describe, expect, it } from 'vitest'
import { bytesBeingCopied } from '../../../../../src-renderer/scene/choreography/bytesBeingCopied.ts'
import type { Decor, Script } from '../../../../../src-renderer/scene/choreography/script.ts'
import { scriptFor } from '../../../../../src-renderer/scene/choreography/scriptFor.ts'
import { copyUpLength } from '../../../../../src-renderer/scene/choreography/timing.ts'
import { freePlace, spotsForPlate } from '../../../../../src-renderer/scene/layout/freePlace.ts'
import { layoutStage } from '../../../../../src-renderer/scene/layout/layoutStage.ts'
import { sampleFilms } from '../../../../gallery/films.ts'
import { sampleTexts } from '../../../../gallery/texts.ts'
import { plainContext } from '../layout/arbitraryStage.ts'

const size = { width: 1000, height: 760 }

function scriptsOf(film: StepFilm) {
  let standing = 0
  return film.frames.map((frame, index) => {
    const layout = (at: number) => layoutStage(film.stages[at] as StageView, size, plainContext())
    const before = layout(standing)
    const after = layout(frame.stage)
    standing = frame.stage
    const previous = film.frames[index - 1]?.event ?? null
    const copying = bytesBeingCopied(film.frames, index)
    const { event } = frame
    const script = scriptFor({ event, previous, copying, before, after, texts: sampleTexts })
    return { type: frame.event.type, before, after, script }
  })
}

const sample = (name: string) => {
  const film = sampleFilms[name]
  if (!film) throw new Error(`no film ${name}`)
  return scriptsOf(film)
}

const decor = <K extends Decor['kind']>(script: Script, kind: K) =>
  script.decor.filter((entry): entry is Extract<Decor, { kind: K }> => entry.kind === kind)

const every = Object.keys(sampleFilms).flatMap((name) => sample(name))

/** All types of event.ts; a new one that is not filmed here does not compile. */
const filmed: Record<StepFilm['frames'][number]['event']['type'], true> = {
  'lookup-missed': true,
  'lookup-hit': true,
  'file-read': true,
  'copy-up-started': true,
  'copy-up-data': true,
  'file-copied-up': true,
  'copy-up-failed': true,
  'directory-copied-up': true,
  'file-created': true,
  'file-written': true,
  'file-truncated': true,
  'attributes-changed': true,
  'file-removed': true,
  'whiteout-created': true,
  'whiteout-replaced': true,
  'directory-created': true,
  renamed: true,
  linked: true,
  'operation-refused': true,
  'image-layer-built': true,
  'image-tagged': true,
  'image-removed': true,
  'container-created': true,
  'layer-created': true,
  'volume-created': true,
  'volume-populated': true,
  mounted: true,
  'container-started': true,
  'container-stopped': true,
  'container-paused': true,
  'container-renamed': true,
  'layer-discarded': true,
  'container-removed': true,
  'volume-orphaned': true,
  'volume-removed': true,
  'process-reported': true,
}

describe('scriptFor', () => {
  it.each(Object.keys(filmed))('has a script for %s in the sample films', (type) => {
    const scripts = every.filter((entry) => entry.type === type)
    expect(scripts.length).toBeGreaterThan(0)
    for (const { script } of scripts) {
      expect(script.length).toBeGreaterThan(0)
      expect(script.length).toBeLessThanOrEqual(2600)
      expect(script.settle.start + script.settle.length).toBeLessThanOrEqual(script.length)
      for (const entry of script.decor) {
        expect(entry.start + entry.length).toBeLessThanOrEqual(script.length)
      }
    }
  })

  it('lets light fall from layer to layer, flashes misses, and rests on the tile that answers', () => {
    const frames = sample('read')
    const beams = frames.flatMap(({ script }) => decor(script, 'beam'))
    expect(beams).toHaveLength(5)
    expect(beams.map((beam) => beam.to)).toEqual(
      [...beams.map((beam) => beam.to)].sort((a, b) => a - b),
    )
    for (const [index, beam] of beams.entries()) {
      const before = beams[index - 1]
      if (before && index < 4) expect(beam.from).toBe(before.to)
    }
    expect(frames.slice(0, 3).every(({ script }) => decor(script, 'miss').length === 1)).toBe(true)
    const tile = frames[0]?.before.nodes.find((node) => node.id === 'tile:sha256:1|/bin/sh')
    expect(beams[4]?.landed).toEqual(tile?.box)
  })

  it('counts a copy beside its tile in the writable layer, and covers no other tile', () => {
    const plate = { width: 150, height: 60 }
    const spotOf = (frame: ReturnType<typeof sample>[number] | undefined) => {
      const [double] = frame ? decor(frame.script, 'double') : []
      if (!frame || !double) throw new Error('no copy')
      const spot = freePlace(plate, spotsForPlate(double.to, plate, double.around), double.around)
      return { spot, double, upper: frame.before.slabs[0]?.box }
    }
    const { spot, double, upper } = spotOf(
      sample('copy-up').find(({ type }) => type === 'copy-up-data'),
    )
    expect(spot.y + plate.height / 2).toBeCloseTo(double.to.y + double.to.height / 2)
    expect(spot.x).toBe(double.to.x + double.to.width + 10)
    expect(upper && spot.y < upper.y + upper.height).toBe(true)
  })

  it('lifts the full double to the writable layer and leaves the original', () => {
    const frames = sample('copy-up')
    const data = frames.find(({ type }) => type === 'copy-up-data')
    const [double] = data ? decor(data.script, 'double') : []
    const source = data?.before.nodes.find((node) => node.id === 'tile:sha256:2|/srv/archive.db')
    expect(double?.from).toEqual(source?.box)
    expect(double?.to.width).toBe(source?.box.width)
    const upper = data?.before.slabs[0]?.box
    expect(double && upper && double.to.y >= upper.y).toBe(true)
    expect(double && upper && double.to.y + double.to.height <= upper.y + upper.height).toBe(true)
    expect(double).toMatchObject({ part: 1, failed: false, bytes: 2e9 })
  })

  it('does not lift anything for a later write', () => {
    const [frame] = sample('file-written')
    expect(frame && decor(frame.script, 'double')).toEqual([])
    expect(frame && decor(frame.script, 'flash')).toHaveLength(1)
  })

  it('stops a copy-up that fails half way, and names the error', () => {
    const failed = sample('copy-up-failed').find(({ type }) => type === 'copy-up-failed')
    const [double] = failed ? decor(failed.script, 'double') : []
    expect(double).toMatchObject({ failed: true })
    expect(double).toMatchObject({ bytes: 2e9, part: 0.7, begun: 0.7 })
    expect(failed && decor(failed.script, 'stamp')[0]?.word).toBe('ENOSPC')
    const data = sample('copy-up-failed').find(({ type }) => type === 'copy-up-data')
    expect(data && decor(data.script, 'double')[0]).toMatchObject({ bytes: 2e9, part: 0.7 })
  })

  it('drops a whiteout from above and shows the bytes that stay below', () => {
    const [frame] = sample('whiteout-created')
    const sheet = frame?.after.nodes.find((node) => node.id === 'whiteout:db|upper|/srv/seed.csv')
    expect(sheet && frame?.script.enter(sheet).dy).toBeLessThan(-50)
    expect(frame && decor(frame.script, 'stamp')[0]?.word).toBe('8.40 MB')
    expect(frame?.script.settle.length).toBe(400)
  })

  it('lifts a whiteout off when a new file takes its place', () => {
    const [frame] = sample('whiteout-replaced')
    if (!frame) throw new Error('no frame')
    const gone = frame.before.nodes.find((node) => node.id === 'whiteout:db|upper|/srv/seed.csv')
    const born = frame.after.nodes.find((node) => node.id === 'tile:db|upper|/srv/seed.csv')
    expect(gone && frame.script.exit(gone)).toMatchObject({ dy: -34, alpha: 0 })
    expect(born && frame.script.enter(born)).toMatchObject({ alpha: 0 })
    expect(frame.after.nodes).not.toContainEqual(expect.objectContaining({ id: gone?.id }))
  })

  it('carries off everything aboard the writable layer and nothing else', () => {
    const [frame] = sample('layer-discarded')
    if (!frame) throw new Error('no frame')
    const gone = frame.before.nodes.filter(
      (node) => !frame.after.nodes.some((entry) => entry.id === node.id),
    )
    const carried = gone.filter((node) => (frame.script.exit(node).dx ?? 0) < -300)
    expect(carried.length).toBeGreaterThan(1)
    expect(carried.every((node) => node.aboard === 'db')).toBe(true)
    expect(gone.filter((node) => node.aboard === 'db')).toEqual(carried)
    expect(frame.after.nodes.some((node) => node.id === 'crate:volume:pgdata')).toBe(true)
    expect(frame.script.length).toBe(1600)
  })

  it('throws the rope from the crate before the lid comes down', () => {
    const frame = sample('mounted')[0]
    if (!frame) throw new Error('no frame')
    const [rope] = decor(frame.script, 'throw')
    const crate = frame.after.nodes.find((node) => node.id === 'crate:volume:pgdata')
    expect(rope?.points[0]?.x).toBe(crate?.box.x)
    expect(frame.script.settle.start).toBeGreaterThan(200)
  })

  it('moves a renamed tile from its old column to the new one', () => {
    const [frame] = sample('renamed')
    if (!frame) throw new Error('no frame')
    const tile = frame.after.nodes.find((node) => node.id === 'tile:db|upper|/etc/driftwood.conf')
    expect(tile && frame.script.enter(tile).dx).toBeGreaterThan(50)
  })

  it('survives events that lie outside the picture', () => {
    const film = sampleFilms.read as StepFilm
    const frames = film.frames.map((frame) => ({
      ...frame,
      event: { ...frame.event, fs: 'overlay:another', path: '/not/shown' } as typeof frame.event,
    }))
    for (const { script } of scriptsOf({ ...film, frames }))
      expect(script.length).toBeGreaterThan(0)
  })
})

describe('copyUpLength', () => {
  it('goes from 600 ms to 2.4 s by the logarithm of the bytes', () => {
    expect(copyUpLength(0)).toBe(600)
    expect(copyUpLength(64)).toBe(600)
    expect(copyUpLength(2e9)).toBeGreaterThan(2390)
    expect(copyUpLength(1e13)).toBe(2400)
    expect(copyUpLength(1e6)).toBeGreaterThan(copyUpLength(1e5))
  })
})
