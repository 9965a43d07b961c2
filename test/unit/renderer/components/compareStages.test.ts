import { describe, expect, it } from 'vitest'
import { compareStages } from '../../../../src-renderer/components/play/compareStages.ts'
import { archiveContainer, GB, stageOf, volume } from '../../../gallery/stages.ts'

const fresh = stageOf({ containers: [archiveContainer({}, 0)] })
const copied = stageOf({
  containers: [
    archiveContainer({ '/srv/archive.db': { bytes: 2 * GB, origin: 'copied-up' } }, 2 * GB),
  ],
  disk: { used: 4.1 * GB, limit: null },
})

describe('compareStages', () => {
  it('finds nothing between a moment and itself', () => {
    expect(compareStages(copied, copied)).toEqual([])
  })

  it('names what a copy-up changed: the new tile, the layer that grew, the original, the disk', () => {
    const found = compareStages(fresh, copied)
    const upper = found.find((one) => one.id.includes('|upper|/srv/archive.db'))
    expect(upper).toMatchObject({ kind: 'tile', before: null, after: 2 * GB })
    const grown = found.find((one) => one.kind === 'layer')
    expect(grown).toMatchObject({ before: 0, after: 2 * GB })
    expect(found.at(-1)).toMatchObject({ kind: 'disk', after: 4.1 * GB })
  })

  it('reads the other way round as what is gone', () => {
    const there = compareStages(fresh, copied)
    const back = compareStages(copied, fresh)
    expect(back).toHaveLength(there.length)
    for (const one of there) {
      expect(back.find(({ id }) => id === one.id)).toMatchObject({
        before: one.after,
        after: one.before,
      })
    }
  })

  it('tells a volume that lost its container', () => {
    const moored = stageOf({ volumes: [volume('pgdata', { usedBy: ['db'] })] })
    const loose = stageOf({ volumes: [volume('pgdata', { usedBy: [] })] })
    expect(compareStages(moored, loose)).toMatchObject([{ kind: 'volume', turned: true }])
  })
})
