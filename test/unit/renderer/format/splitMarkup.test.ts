import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitMarkup } from '../../../../src-renderer/format/splitMarkup.ts'

describe('splitMarkup', () => {
  it('finds code and strong words', () => {
    expect(splitMarkup('Move `/srv` so the **next** deploy')).toEqual([
      { kind: 'text', text: 'Move ' },
      { kind: 'code', text: '/srv' },
      { kind: 'text', text: ' so the ' },
      { kind: 'strong', text: 'next' },
      { kind: 'text', text: ' deploy' },
    ])
  })

  it('leaves lone marks and tags as they are', () => {
    expect(splitMarkup('a * b ` <b>c</b>')).toEqual([{ kind: 'text', text: 'a * b ` <b>c</b>' }])
  })

  it('never loses a character but the marks', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = splitMarkup(text).map((part) => part.text)
        const bare = (value: string) => value.replace(/[`*]/g, '')
        expect(bare(plain.join(''))).toBe(bare(text))
      }),
    )
  })
})
