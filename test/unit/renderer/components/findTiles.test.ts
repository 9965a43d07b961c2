import { describe, expect, it } from 'vitest'
import { findInGroups, findTiles } from '../../../../src-renderer/components/play/findTiles.ts'
import { archiveContainer, GB } from '../../../gallery/stages.ts'

const container = archiveContainer(
  { '/srv/archive.db': { bytes: 2 * GB, origin: 'copied-up' } },
  2 * GB,
)
const paths = (words: string) => findTiles(container, words).map((tile) => tile.path)

describe('findTiles', () => {
  it('finds each path once, and the tile that the process sees', () => {
    expect(paths('ARCHIVE')).toEqual(['/srv/archive.db'])
    expect(findTiles(container, 'archive')[0]?.tile).toMatchObject({
      visible: true,
      origin: 'copied-up',
    })
  })

  it('finds nothing for no words, no container, or words of no path', () => {
    expect(paths('  ')).toEqual([])
    expect(paths('pgdata')).toEqual([])
    expect(findTiles(undefined, '/srv')).toEqual([])
  })
})

describe('findInGroups', () => {
  const group = (id: string, path: string, of: number) => ({
    id,
    path,
    column: id,
    kind: 'group' as const,
    label: `${of} files`,
    bytes: 0,
    visible: true,
    hiddenBecause: null,
    origin: 'image' as const,
    count: of,
  })
  const grouped = {
    ...container,
    layers: container.layers.map((layer) => {
      if (layer.id === 'sha256:3') return { ...layer, tiles: [group('top', '/', 2)] }
      if (layer.id !== 'sha256:1') return layer
      return { ...layer, tiles: [group('all', '/', 278), group('lib', '/usr/lib', 214)] }
    }),
  }
  const file = (path: string, layer: string | null, kind = 'file') => ({
    path,
    kind,
    bytes: 5,
    owner: 'a layer',
    layer,
  })
  const tiles = (...files: ReturnType<typeof file>[]) =>
    findInGroups(grouped, files).map(({ path, tile }) => `${path} in ${tile.id}`)

  it('leads to the group of the very layer that answers, the deepest one above the path', () => {
    expect(tiles(file('/usr/lib/x86/libc.so', 'sha256:1'))).toEqual(['/usr/lib/x86/libc.so in lib'])
    expect(tiles(file('/bin/ls', 'sha256:1'))).toEqual(['/bin/ls in all'])
    expect(tiles(file('/opt/new', 'sha256:3'))).toEqual(['/opt/new in top'])
  })

  it('leaves out what has a tile, what a mount answers for, and directories', () => {
    expect(
      tiles(
        file('/srv/archive.db', 'upper'),
        file('/data', null, 'volume'),
        file('/usr', 'sha256:1', 'dir'),
      ),
    ).toEqual([])
    expect(findInGroups(undefined, [file('/bin/ls', 'sha256:1')])).toEqual([])
  })
})
