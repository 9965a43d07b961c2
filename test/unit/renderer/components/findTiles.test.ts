import { describe, expect, it } from 'vitest'
import { findTiles } from '../../../../src-renderer/components/play/findTiles.ts'
import { archiveContainer, GB } from '../../../gallery/stages.ts'

const container = archiveContainer(
  { '/srv/archive.db': { bytes: 2 * GB, origin: 'copied-up' } },
  2 * GB,
)
const paths = (words: string) => findTiles(container, words).map((tile) => tile.path)

describe('findTiles', () => {
  it('finds each path once, and the tile that the process sees', () => {
    expect(paths('ARCHIVE')).toEqual(['/srv/archive.db'])
    expect(findTiles(container, 'archive')[0]).toMatchObject({ visible: true, origin: 'copied-up' })
  })

  it('finds nothing for no words, no container, or words of no path', () => {
    expect(paths('  ')).toEqual([])
    expect(paths('pgdata')).toEqual([])
    expect(findTiles(undefined, '/srv')).toEqual([])
  })

  it('leads to the group that a path lies in when it has no tile of its own', () => {
    const [layer, ...rest] = container.layers
    if (!layer) throw new Error('a container without layers')
    const group = {
      ...layer.tiles[0],
      id: 'g',
      kind: 'group',
      path: '/usr/lib',
      label: '214 files',
    }
    const grouped = { ...container, layers: [{ ...layer, tiles: [group as never] }, ...rest] }
    expect(findTiles(grouped, '/usr/lib/x86/libc.so').map((tile) => tile.id)).toEqual(['g'])
    expect(findTiles(grouped, '/var/lib/x').map((tile) => tile.id)).toEqual([])
  })
})
