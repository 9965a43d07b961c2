import { describe, expect, test } from 'vitest'
import { BadCase, parseCase } from '../../../../src-main/cli/overlayCase/parseCase.ts'

const parse = (value: unknown) => () => parseCase(JSON.stringify(value))

describe('a case that cannot be run is refused with the place and what was expected', () => {
  test.each([
    [{ layers: [[]], ops: [] }, 'the file.name: expected a text'],
    [{ name: 'x', layers: [], ops: [] }, 'layers: expected at least one layer'],
    [{ name: 'x', layers: [[]], ops: [{ op: 'fly' }] }, 'ops[0].op: expected one of read'],
    [{ name: 'x', layers: [[]], ops: [{ op: 'read' }] }, 'ops[0].path: expected a text'],
    [
      { name: 'x', layers: [[{ path: '/a/b', type: 'file' }]], ops: [] },
      'layers[0][0].path: expected an entry for its parent directory before it',
    ],
    [
      { name: 'x', layers: [[{ path: '/a', type: 'disk' }]], ops: [] },
      'layers[0][0].type: expected one of file',
    ],
    [
      { name: 'x', layers: [[]], ops: [{ op: 'chmod', path: '/', mode: '9' }] },
      'ops[0].mode: expected an octal text',
    ],
    [
      { name: 'x', layers: [[]], ops: [{ op: 'open', fd: 'p', path: '/', flags: ['O_PATH'] }] },
      'ops[0].flags[0]: expected one of O_RDONLY',
    ],
  ])('%j', (value, message) => {
    expect(parse(value)).toThrow(BadCase)
    expect(parse(value)).toThrow(message)
  })

  test('an unknown operation is named', () => {
    expect(parse({ name: 'x', layers: [[]], ops: [{ op: 'fly' }] })).toThrow('found "fly"')
  })
})
