import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  elideApart,
  elideEnd,
  elideFolder,
  elideMiddle,
  elidePath,
  elideStart,
} from '../../../../../src-renderer/scene/layout/elide.ts'

const width = (text: string) => [...text].length

describe('elidePath', () => {
  it('keeps the file name and as much of the front as fits', () => {
    expect(elidePath('/var/lib/postgresql/data/bookmarks.db', 22, width)).toBe(
      '/var/lib…/bookmarks.db',
    )
    expect(elidePath('/var/lib/bookmarks.db', 40, width)).toBe('/var/lib/bookmarks.db')
  })

  it('falls back to the name alone, then to parts of it', () => {
    expect(elidePath('/var/lib/bookmarks.db', 14, width)).toBe('…/bookmarks.db')
    expect(elidePath('/var/lib/bookmarks.db', 9, width)).toBe('book…s.db')
    expect(elidePath('/var/lib/bookmarks.db', 1, width)).toBe(null)
  })
})

describe('elideFolder', () => {
  it('keeps the folders nearest to the file', () => {
    expect(elideFolder('/var/lib/postgresql/data/', 18, width)).toBe('…/postgresql/data/')
    expect(elideFolder('/var/lib/postgresql/data/', 10, width)).toBe('…/data/')
  })

  it('says nothing rather than half a name', () => {
    expect(elideFolder('/var/cache/', 6, width)).toBe(null)
  })
})

describe('elideApart', () => {
  const parts = ['part-0.bin', 'part-5.bin', 'part-10.bin', 'part-15.bin']

  it('cuts names that stand beside each other so that they can be told apart', () => {
    for (const room of [7, 8, 9]) {
      const cut = parts.map((part) => elideApart(part, parts, room, width))
      expect(new Set(cut).size, `${room}: ${cut.join(' ')}`).toBe(parts.length)
    }
  })

  it('cuts in the middle where that is enough', () => {
    expect(elideApart('driftwood.conf', ['archive.db'], 9, width)).toBe('drif…conf')
  })
})

describe('eliding', () => {
  it('never makes a text wider than its room, and never changes one that fits', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), fc.integer({ min: 0, max: 60 }), (text, room) => {
        for (const elide of [elideEnd, elideFolder, elideMiddle, elidePath, elideStart]) {
          const cut = elide(text, room, width)
          if (cut !== null) expect(width(cut)).toBeLessThanOrEqual(room)
          if (width(text) <= room) expect(cut).toBe(text)
        }
      }),
    )
  })

  it('keeps the end of a name in the middle cut', () => {
    expect(elideMiddle('audit-2024-11.log', 9, width)).toBe('audit…log')
  })
})
