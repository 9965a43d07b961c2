import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadLevels } from '../../../../src-main/levels/loadLevels.ts'
import { type MarksAnswer, truthOfMark } from '../../../../src-main/levels/rules/marks.ts'
import { startRun } from '../../../../src-main/levels/rules/startRun.ts'
import { applyAction, startSession, viewOf } from '../../../../src-main/play/session.ts'

const { levels } = loadLevels(resolve(import.meta.dirname, '../../../../levels'), 'en')
const level = levels.find(({ data }) => data.id === 'look-first')
if (level === undefined) throw new Error('no level look-first')
const paths = level.data.marks?.paths ?? []
const attempt = { attemptId: 'a', revision: 1 }

const truth: MarksAnswer = {
  rows: 'disposable',
  upload: 'disposable',
  log: 'durable',
  thumb: 'disposable',
  code: 'shared',
}

describe('marking paths', () => {
  it('is judged by who answers for each path', () => {
    const run = startRun(level.data)
    const told = paths.map((one) => [one.id, truthOfMark(run, one)?.owner.kind])
    expect(Object.fromEntries(told)).toEqual({
      rows: 'volume',
      upload: 'upper',
      log: 'bind',
      thumb: 'tmpfs',
      code: 'layer',
    })
    expect(Object.fromEntries(paths.map((one) => [one.id, truthOfMark(run, one)?.kind]))).toEqual(
      truth,
    )
  })

  it('says of each wrong mark why, and takes the right ones for the goal', () => {
    const start = startSession(level, 'en', 1)
    const wrong = applyAction(start, { type: 'mark', marks: { ...truth, rows: 'durable' } }).session
    const seen = viewOf(wrong, attempt)
    expect(seen.marks?.state).toBe('open')
    expect(seen.marks?.paths.map(({ verdict }) => verdict)).toEqual([
      'wrong',
      'right',
      'right',
      'right',
      'right',
    ])
    expect(seen.marks?.paths[0]?.feedback).toMatch(/anonymous volume/)
    const right = applyAction(wrong, { type: 'mark', marks: truth }).session
    expect(viewOf(right, attempt).marks?.state).toBe('right')
    expect(viewOf(right, attempt).goals[0]).toMatchObject({ id: 'told', state: 'met' })
  })

  it('is refused while a path has no mark, or its container is gone', () => {
    const start = startSession(level, 'en', 1)
    const { rows: _, ...some } = truth
    expect(applyAction(start, { type: 'mark', marks: some }).refusal).not.toBeNull()
    const gone = applyAction(start, { type: 'line', line: 'docker rm -f web' }).session
    expect(applyAction(gone, { type: 'mark', marks: truth }).refusal).not.toBeNull()
  })

  it('follows the world: the same path is durable once a named volume holds it', () => {
    const start = startSession(level, 'en', 1)
    const line =
      'docker rm -f web && docker run -d --name web -v uploads:/app/uploads driftwood/app:1.0 && docker exec web touch /app/uploads/ada.jpg'
    const { session } = applyAction(start, { type: 'line', line })
    const upload = paths.find(({ id }) => id === 'upload')
    expect(upload && truthOfMark(session.run, upload)?.kind).toBe('durable')
  })
})
