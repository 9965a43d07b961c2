import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actionLines } from '../../../../src-main/levels/actionLines.ts'
import { type PlayAction, playActionSchema } from '../../../../src-main/play/action.ts'
import {
  applyAction,
  completeLine,
  filmBetween,
  sessionFrom,
  stageAt,
  startSession,
  tileFacts,
  viewOf,
} from '../../../../src-main/play/session.ts'
import type { PlaySession } from '../../../../src-main/play/sessionState.ts'
import { shippedLevel } from './levelForTests.ts'

const level = shippedLevel('first-write')
const attempt = { attemptId: 'attempt', revision: 1 }
const view = (session: PlaySession) => viewOf(session, attempt)
const start = () => startSession(level, 'en', 7)

const append = (path: string) => `docker exec archive sh -c 'echo line >> ${path}'`
const line = (text: string): PlayAction => ({ type: 'line', line: text })
const predict = (predictionId: string, answer: string | null): PlayAction => ({
  type: 'predict',
  predictionId,
  answer,
  sure: true,
})

const play = (actions: readonly PlayAction[], from = start()): PlaySession =>
  actions.reduce((session, action) => {
    const applied = applyAction(session, action)
    expect(applied.refusal, JSON.stringify(action)).toBeNull()
    return applied.session
  }, from)

const firstAppend = [line(append('/srv/archive.db')), predict('large-first', 'whole')]

describe('a prediction', () => {
  it('holds back the line that it comes before, and runs it once it is answered', () => {
    const held = applyAction(start(), line(append('/srv/archive.db')))
    expect(held.film).toBeNull()
    expect(held.session.run.entries).toHaveLength(0)
    const open = view(held.session)
    expect(open.predictions.filter(({ state }) => state === 'open').map(({ id }) => id)).toEqual([
      'large-first',
    ])
    expect(open.messages.at(-1)?.text).toContain('waits for your prediction')

    const answered = applyAction(held.session, predict('large-first', 'line'))
    expect(answered.film?.frames.map(({ event }) => event.type)).toContain('file-copied-up')
    const after = view(answered.session)
    const prediction = after.predictions.find(({ id }) => id === 'large-first')
    expect(prediction).toMatchObject({ state: 'revealed', right: false, answer: 'line' })
    expect(prediction?.truth).toBe('2.0 GB, the whole file')
    expect(prediction?.explanation).toContain('The size of the change plays no part')
    expect(after.messages.map(({ text }) => text).join()).not.toContain('waits')
  })

  it('may be skipped, is revealed all the same, and counts neither right nor wrong', () => {
    const session = play([line(append('/srv/archive.db')), predict('large-first', null)])
    const prediction = view(session).predictions.find(({ id }) => id === 'large-first')
    expect(prediction).toMatchObject({ state: 'revealed', right: null, answer: null })
    expect(session.run.predicted).toBe(false)
  })

  it('does not hold back a line that only looks like it', () => {
    const session = play([line(`echo ${append('/srv/archive.db').replaceAll("'", '"')}`)])
    expect(session.held).toBeNull()
    expect(session.run.entries).toHaveLength(1)
  })

  it('is asked at most one at a time', () => {
    const both = line(
      `docker exec archive sh -c 'echo x | tee -a /etc/driftwood.conf /srv/archive.db'`,
    )
    let session = play([both])
    for (const id of ['small-first', 'large-first']) {
      expect(
        view(session)
          .predictions.filter(({ state }) => state === 'open')
          .map((prediction) => prediction.id),
      ).toEqual([id])
      session = play([predict(id, 'whole')], session)
    }
    expect(session.run.entries).toHaveLength(1)
  })

  it('takes no answer twice and none that is not offered', () => {
    const session = play(firstAppend)
    for (const bad of [predict('large-first', 'line'), predict('small-first', 'nonsense')]) {
      const applied = applyAction(session, bad)
      expect(applied.session).toBe(session)
      expect(applied.refusal).toMatch(/\w+/)
    }
  })
})

describe('undo, redo and reset', () => {
  it('lead to the very same worlds', () => {
    const done = play(firstAppend)
    const undone = play([{ type: 'undo' }], done)
    expect(view(undone).stage).toEqual(view(start()).stage)
    expect(view(undone).terminal.map(({ current }) => current)).toEqual([false])
    const redone = play([{ type: 'redo' }], undone)
    expect(redone.run.entries).toEqual(done.run.entries)
    expect(view(redone).stage).toEqual(view(done).stage)
    expect(view(redone).terminal.map(({ current }) => current)).toEqual([true])
  })

  it('lose nothing: a reset can be taken back step by step', () => {
    const done = play([...firstAppend, line(append('/tmp/a')), line(append('/tmp/b'))])
    let back = play([{ type: 'reset' }], done)
    expect(back.run.entries).toHaveLength(0)
    for (let n = 0; n < 3; n += 1) back = play([{ type: 'redo' }], back)
    expect(back.run.entries).toEqual(done.run.entries)
  })

  it('say so when there is nothing to do', () => {
    for (const type of ['undo', 'redo', 'reset'] as const) {
      expect(applyAction(start(), { type }).refusal).toMatch(/\w+/)
    }
    expect(applyAction(start(), line('   ')).refusal).toMatch(/\w+/)
    expect(applyAction(start(), { type: 'showStep', step: 9 }).refusal).toMatch(/\w+/)
  })

  it('take the messages of what is undone along', () => {
    const done = play([...firstAppend, line('docker rm -f archive')])
    const texts = (session: PlaySession) => view(session).messages.map(({ id }) => id)
    expect(texts(done).join()).toContain('redeployed')
    expect(texts(play([{ type: 'undo' }], done)).join()).not.toContain('redeployed')
  })
})

describe('the timeline', () => {
  const session = play(firstAppend)
  const { timeline } = view(session)

  it('numbers the steps over the whole level', () => {
    expect(timeline.totalSteps).toBe(timeline.commands[0]?.steps.length)
    expect(timeline.commands[0]?.steps.map(({ step }) => step)).toEqual(
      Array.from({ length: timeline.totalSteps }, (_, at) => at + 1),
    )
    expect(timeline.shownStep).toBe(timeline.totalSteps)
  })

  it('shows any step, and the film ends where the view stands', () => {
    const film = filmBetween(session, 1, timeline.totalSteps)
    const last = film.frames.at(-1)
    expect(film.stages[0]).toEqual(stageAt(session, 0))
    expect(film.stages[last?.stage ?? 0]).toEqual(view(session).stage)
    for (const frame of film.frames) {
      expect(film.stages[frame.stage]).toEqual(stageAt(session, frame.step))
    }
    const back = play([{ type: 'showStep', step: 0 }], session)
    expect(view(back).stage).toEqual(view(start()).stage)
    expect(view(back).goals).toEqual(view(session).goals)
  })

  it('runs a new line on the newest state, whatever is shown', () => {
    const back = play([{ type: 'showStep', step: 1 }, line(append('/tmp/x'))], session)
    expect(view(back).timeline.shownStep).toBe(view(back).timeline.totalSteps)
    expect(back.run.entries).toHaveLength(2)
  })
})

describe('what is shown', () => {
  it('adds up to what Docker says', () => {
    const { instruments, stage } = view(play([...firstAppend, line(append('/tmp/x'))]))
    const layer = stage.containers[0]?.layers[0]
    expect(instruments.disk.copiedUp + instruments.disk.bornHere).toBe(layer?.bytes)
    expect(instruments.disk.copiedUp).toBe(2_000_000_000)
    expect(instruments.disk.bornHere).toBeGreaterThan(5)
    const said = instruments.dockerSays.find(({ command }) => command.startsWith('docker ps'))
    expect(said?.output).toMatch(/archive\s+2GB \(virtual 4\.08GB\)/)
  })

  it('counts in groups what has no column', () => {
    const many = Array.from({ length: 30 }, (_, n) => `echo ${n} > /srv/f${n}`).join('; ')
    const [container] = view(play([line(`docker exec archive sh -c '${many}'`)])).stage.containers
    expect(container?.columns.length).toBeLessThanOrEqual(9)
    const tiles = container?.layers[0]?.tiles ?? []
    const files = tiles.map((tile) =>
      tile.kind === 'group'
        ? (container?.columns.find(({ id }) => id === tile.column)?.count ?? 0)
        : 1,
    )
    expect(files.reduce((sum, count) => sum + count, 0)).toBe(30)
  })

  it('gives every tile its facts, and none to a tile that is not there', () => {
    const session = play([...firstAppend, line('docker exec archive rm /srv/seed.csv')])
    const { stage, timeline } = view(session)
    for (const container of stage.containers) {
      for (const tile of container.layers.flatMap(({ tiles }) => tiles)) {
        const facts = tileFacts(session, timeline.shownStep, tile.id)
        expect(facts?.why, tile.id).toMatch(/\w+/)
        expect(JSON.stringify(facts)).not.toMatch(/undefined|\{[a-z]+\}/)
      }
    }
    expect(tileFacts(session, timeline.shownStep, 'no|such|tile')).toBeNull()
  })

  it('hides the file under a whiteout and still counts its bytes', () => {
    const session = play([line('docker exec archive rm /srv/seed.csv')])
    const { stage, instruments } = view(session)
    const tiles = stage.containers[0]?.layers.flatMap((layer) => layer.tiles) ?? []
    const seed = tiles.filter(({ path }) => path === '/srv/seed.csv')
    expect(seed.map(({ kind, visible, bytes }) => [kind, visible, bytes])).toEqual([
      ['whiteout', false, 0],
      ['file', false, 8_400_000],
    ])
    expect(instruments.disk.hiddenByWhiteouts).toBe(8_400_000)
  })

  it('completes words', () => {
    const { candidates } = completeLine(start(), 'docker ex', 9)
    expect(candidates).toContain('exec')
  })
})

describe('hints and the debrief', () => {
  it('shows one hint at a time, three in all', () => {
    const three = play([{ type: 'hint' }, { type: 'hint' }, { type: 'hint' }])
    expect(view(three).hints).toEqual({ shown: level.texts.hints, remaining: 0 })
    expect(applyAction(three, { type: 'hint' }).refusal).toMatch(/\w+/)
  })

  it('comes with the last goal and sets the own figures beside the reference', () => {
    const session = play([
      line(append('/etc/driftwood.conf')),
      predict('small-first', 'whole'),
      ...firstAppend,
      line(append('/srv/archive.db')),
      predict('large-second', 'nothing'),
      line(append('/srv/audit.log')),
      predict('new-file', 'nothing'),
    ])
    const { debrief, solved, score } = view(session)
    expect(solved).toBe(true)
    expect(debrief?.stars).toBe(2)
    expect(score.moves).toBe(level.data.par)
    expect(debrief?.numbers.find(({ label }) => label === 'copied up')).toMatchObject({
      yours: '2.0 GB',
      par: '2.0 GB',
    })
    const explained = play(
      [{ type: 'explain', cause: 'lower', mechanism: 'whole-copy', consequence: 'once' }],
      session,
    )
    expect(view(explained).explanation?.state).toBe('right')
    expect(view(explained).debrief?.stars).toBe(3)
  })

  it('tells which part of an explanation is wrong', () => {
    const session = play([
      ...firstAppend,
      { type: 'explain', cause: 'lower', mechanism: 'block-diff', consequence: 'once' },
    ])
    const { explanation } = view(session)
    expect(explanation?.state).toBe('open')
    expect(explanation?.slots.map(({ verdict }) => verdict)).toEqual(['right', 'wrong', 'right'])
    expect(explanation?.slots[1]?.feedback).toContain('complete archive.db')
  })
})

describe('a session', () => {
  it('is its list of actions, whatever they are', { timeout: 60_000 }, () => {
    const lines = actionLines(level.data)
    const action: fc.Arbitrary<PlayAction> = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...lines).map(line) },
      fc.constantFrom(...level.data.predictions.map(({ id }) => id)).map((id) => predict(id, null)),
      fc.constantFrom<PlayAction>(
        { type: 'undo' },
        { type: 'redo' },
        { type: 'reset' },
        { type: 'hint' },
      ),
      fc.nat(40).map((step): PlayAction => ({ type: 'showStep', step })),
    )
    fc.assert(
      fc.property(fc.array(action, { maxLength: 10 }), (actions) => {
        let session = start()
        for (const one of actions) session = applyAction(session, one).session
        const again = sessionFrom(level, session.actions, 'en', 7)
        expect(JSON.stringify(view(again))).toBe(JSON.stringify(view(session)))
        expect(session.actions.every((one) => playActionSchema.safeParse(one).success)).toBe(true)
        let back = session
        while (back.run.entries.length > 0) back = applyAction(back, { type: 'undo' }).session
        expect(view(back).stage).toEqual(view(start()).stage)
      }),
      { numRuns: 25 },
    )
  })
})
