// biome-ignore-all lint/suspicious/noTemplateCurlyInString: compose files write variables like this
import { expect, test } from 'vitest'
import { interpolate } from '../../../../../../src-main/sim/docker/compose/interpolate.ts'

const variables = new Map([
  ['A', 'one'],
  ['EMPTY', ''],
])

test.each([
  ['plain', 'plain'],
  ['$A', 'one'],
  ['${A}', 'one'],
  ['x$A.y', 'xone.y'],
  ['$$A ${A}', '$A one'],
  ['${B:-two}', 'two'],
  ['${B-two}', 'two'],
  ['${EMPTY:-two}', 'two'],
  ['${EMPTY-two}', ''],
  ['${A:+set}', 'set'],
  ['${B:+set}', ''],
  ['${B:-${A}}', 'one'],
  ['${B:-${C:-deep}}', 'deep'],
  ['${A:?needed}', 'one'],
])('%s becomes %s', (text, expected) => {
  expect(interpolate(text, variables)).toEqual({ ok: true, text: expected, unset: [] })
})

test('a name without a value is blank, and told', () => {
  expect(interpolate('<$B> ${C}', variables)).toEqual({
    ok: true,
    text: '<> ',
    unset: ['B', 'C'],
  })
})

test.each(['${A', '${', '$', 'a $ b', '${1}', '${A!}'])('%s is no syntax', (text) => {
  expect(interpolate(text, variables)).toMatchObject({ ok: false, kind: 'syntax' })
})

test('a required name without a value is told with its reason', () => {
  expect(interpolate('${B:?set it}', variables)).toEqual({
    ok: false,
    kind: 'required',
    name: 'B',
    why: 'set it',
  })
})
