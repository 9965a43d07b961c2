import { describe, expect, it } from 'vitest'
import { readScriptLine } from '../../../../src-main/levels/rules/runScript.ts'

describe('a line of a script', () => {
  it('is a command unless it starts with a colon', () => {
    expect(readScriptLine(' docker ps ')).toEqual({ kind: 'command', line: 'docker ps' })
  })

  it('answers predictions and explanations', () => {
    expect(readScriptLine(':predict freed nothing')).toEqual({
      kind: 'predict',
      id: 'freed',
      answer: 'nothing',
    })
    expect(readScriptLine(':predict freed -')).toMatchObject({ answer: null })
    expect(readScriptLine(':explain a b c')).toEqual({
      kind: 'explain',
      cause: 'a',
      mechanism: 'b',
      consequence: 'c',
    })
    expect(readScriptLine(':undo')).toEqual({ kind: 'undo' })
  })

  it.each([':predict', ':predict one', ':explain a b', ':undo now', ':dance', ':'])(
    'is nothing when it says %s',
    (line) => expect(readScriptLine(line)).toBeNull(),
  )
})
