import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Change, changeOf, withChange } from '../../../../src-main/contract/changes.ts'

/** As it arrives at the other end. */
const carried = (value: unknown) => JSON.parse(JSON.stringify(value))

const changed = (before: unknown, after: unknown): unknown => {
  const change = changeOf(before, after)
  return change === null ? carried(before) : withChange(carried(before), carried(change))
}

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, 1, 'a', ''),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'to', 'in', 'list', 'at', '__proto__'), tie('value'), {
      noNullPrototype: true,
    }),
  ),
})).value

describe('a change', () => {
  it('leads from any value to any other, in the same order', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(JSON.stringify(changed(before, after))).toBe(JSON.stringify(after))
      }),
      { numRuns: 500 },
    )
  })

  it('leads from any list to one that lost items in front and in the middle and grew', () => {
    const lists = fc.array(json, { maxLength: 8 })
    fc.assert(
      fc.property(lists, fc.nat(8), fc.nat(8), lists, (before, gone, hole, grown) => {
        const after = [...before.slice(gone).filter((_, at) => at !== hole), ...grown]
        expect(JSON.stringify(changed(before, after))).toBe(JSON.stringify(after))
      }),
      { numRuns: 500 },
    )
  })

  it('is none between values that say the same', () => {
    fc.assert(fc.property(json, (value) => changeOf(value, carried(value)) === null))
    expect(changeOf({ a: 1, b: undefined }, { a: 1 })).toBeNull()
  })

  it('of a list that scrolls is as small as what came', () => {
    const lines = Array.from({ length: 500 }, (_, id) => ({ id, line: 'x'.repeat(100) }))
    const next = [...lines.slice(1), { id: 500, line: 'y' }]
    expect(changeOf(lines, next)).toEqual({ list: [[1, 499], { to: { id: 500, line: 'y' } }] })
  })

  it('keeps what did not change as the same objects', () => {
    const before = { a: { b: 1 }, c: [1, 2] }
    const after = withChange(before, changeOf(before, { a: { b: 1 }, c: [1, 3] }) as Change)
    expect((after as typeof before).a).toBe(before.a)
  })

  it.each([
    [{ in: { a: { to: 1 } } }, null],
    [{ in: { a: { to: 1 } } }, { b: 1 }],
    [{ in: { constructor: { in: {} } } }, {}],
    [{ list: [[0, 1]] }, { length: 1 }],
  ] as const)('%j does not fit %j', (change, before) => {
    expect(() => withChange(before, change as unknown as Change)).toThrow(TypeError)
  })
})
