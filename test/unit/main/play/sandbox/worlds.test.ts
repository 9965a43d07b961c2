import { describe, expect, it } from 'vitest'
import { experimentFor } from '../../../../../src-main/play/sandbox/experiments.ts'
import {
  sandboxLevel,
  sandboxWorldIds,
} from '../../../../../src-main/play/sandbox/sandboxWorlds.ts'
import { applyAction, startSession, viewOf } from '../../../../../src-main/play/session.ts'
import { questions } from '../../../../../src-main/quiz/questions.ts'

const attempt = { attemptId: 'a', revision: 1 }

/** What the output of each experiment must show, for or against its option. */
const proofs: Readonly<Record<string, RegExp>> = {
  'where-writes-go.writable-layer': /A \/srv\/new\.txt[\s\S]*notes\.txt\n$/,
  'where-writes-go.image': /^([\s\S]+74\.8MB\n)\1notes\.txt\none\n$/,
  'where-writes-go.volume': /^DRIVER +VOLUME NAME\n\[\]\n$/,
  'where-writes-go.nowhere': /^two\n.*Read-only file system\n$/,
  'first-write-copies.whole-file': /app +600MB .*\n.* 600000000 /,
  'first-write-copies.block-diff': /app +0B [\s\S]*app +600MB [\s\S]*fin\n$/,
  'first-write-copies.in-place': /^one\ntwo\none\n$/,
  'first-write-copies.refuses': /^done\none\ntwo\n[\s\S]*C \/srv\/notes\.txt\n$/,
  'one-line-two-gigabytes.file-size': /app +2GB /,
  'one-line-two-gigabytes.compression': / 2000000010 [\s\S]*app +2GB /,
  'one-line-two-gigabytes.layer-rebuilt': /app +300MB /,
  'one-line-two-gigabytes.per-byte': /app +2GB /,
  'delete-lower-file.whiteout': /D \/srv\/film\.mp4\n.* 600000000 /,
  'delete-lower-file.reclaimed': /^([\s\S]+)\1$/,
  'delete-lower-file.removed-below': /( 600000000 [^\n]*\n.*){2}/,
  'delete-lower-file.silent-failure': /^done\nls: .*No such file[\s\S]*D \/srv\/film\.mp4\n$/,
}

describe('every world of the sandbox', () => {
  it.each(sandboxWorldIds)('%s begins, has its container in focus, and no task', (id) => {
    const level = sandboxLevel(id, `sandbox/${id}`, 'en')
    if (level === null) throw new Error(`no world ${id}`)
    const session = startSession(level, 'en', 1)
    const view = viewOf(session, attempt)
    expect(view.stage.containers[0]?.name).toBe(level.data.focus)
    expect(view).toMatchObject({ goals: [], solved: false, debrief: null })
    expect(applyAction(session, { type: 'hint' }).refusal).not.toBeNull()
    for (const { line } of view.actions) {
      const after = applyAction(session, { type: 'line', line }).session
      expect(after.run.entries.at(-1), line).toMatchObject({ exit: 0 })
    }
  })
})

describe('every option of the knowledge check can be shown', () => {
  const options = questions
    .filter(({ deck }) => deck === 'check')
    .flatMap(({ id, options: all }) => all.map((option) => [id, option.id] as const))
  it('has sixteen of them', () => expect(options).toHaveLength(16))
  it.each(options)('%s: %s', (question, option) => {
    const experiment = experimentFor(question, option, 'show/a/b', 'en')
    if (experiment === null) throw new Error('no experiment')
    let session = startSession(experiment.level, 'en', 1)
    for (const line of experiment.lines) {
      const applied = applyAction(session, { type: 'line', line })
      expect(applied.refusal, line).toBeNull()
      session = applied.session
    }
    const view = viewOf(session, attempt)
    expect(view.timeline.totalSteps).toBeGreaterThan(0)
    const output = view.terminal.map(({ stdout, stderr }) => stdout + stderr)
    expect(output.join(''), question).toMatch(proofs[`${question}.${option}`] ?? /no proof/)
  })
})
