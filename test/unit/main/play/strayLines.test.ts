import { describe, expect, it } from 'vitest'
import { applyAction, startSession, viewOf } from '../../../../src-main/play/session.ts'
import type { PlaySession } from '../../../../src-main/play/sessionState.ts'
import { shippedLevel } from './levelForTests.ts'

/** Plays lines nobody planned; a prediction that comes up fails where none is to come up. */
function play(id: string, lines: readonly string[]): PlaySession {
  return lines.reduce(
    (session, line) => {
      const applied = applyAction(session, { type: 'line', line })
      expect(applied.refusal).toBeNull()
      expect(applied.session.held?.predictionId, `asked before ${line}`).toBeUndefined()
      return applied.session
    },
    startSession(shippedLevel(id), 'en', 7),
  )
}

const view = (session: PlaySession) => viewOf(session, { attemptId: 'attempt', revision: 1 })

const metGoals = (session: PlaySession) =>
  view(session)
    .goals.filter(({ state }) => state === 'met')
    .map(({ id }) => id)

describe('a goal is not met by what only looks like it', () => {
  it('a file that was cut to nothing has nothing appended to it', () => {
    const cut = play('first-write', [
      "docker exec archive sh -c 'echo line > /srv/archive.db'",
      "docker exec archive sh -c 'echo line > /etc/driftwood.conf'",
    ])
    expect(metGoals(cut)).toEqual([])
    expect(view(cut).goals[1]?.because).toBe('`/srv/archive.db` in archive has 5 B.')
  })

  it('a new time adds no link', () => {
    expect(metGoals(play('one-line', ['docker exec search touch /srv/index/links.idx']))).toEqual(
      [],
    )
  })

  it('and says in words how a container stands', () => {
    const stopped = play('redeploy-day', ['docker stop db'])
    expect(view(stopped).goals.at(-1)?.because).toBe(
      'db is stopped, and it is the container of the start.',
    )
  })

  it('a container that was removed was not stopped for a reboot', () => {
    expect(metGoals(play('asleep-or-gone', ['docker rm -f db']))).toEqual([])
  })
})

describe('a prediction is not asked before a line that is another question', () => {
  it.each([
    ['who-answered', 'docker exec page cp /srv/links.idx /tmp/links.idx'],
    ['first-write', "docker exec archive sh -c 'echo line > /srv/archive.db'"],
    ['asleep-or-gone', 'docker rm -f db'],
  ])('%s: %s', (id, line) => {
    expect(view(play(id, [line])).terminal).toHaveLength(1)
  })
})

describe('what the harbour says of one line', () => {
  it('ends with what the level has to say, after what became of the goals', () => {
    const { messages } = view(
      play('ten-from-one', ["docker exec b1 sh -c 'echo tuned >> /opt/database'"]),
    )
    expect(messages.map(({ id }) => id.replace(/^\d+:/, ''))).toEqual([
      'goal-lost.little-disk',
      'database-touched',
    ])
  })
})

describe('a layer is called by the line that made it', () => {
  const titles = (session: PlaySession) =>
    view(session).stage.containers[0]?.layers.map(({ title }) => title) ?? []

  it('where another image shares it by the build cache', () => {
    const shared = play('just-a-chmod', [
      'cp worker/drafts/without-chmod worker/Dockerfile',
      'docker build -q -t driftwood/worker:1 worker',
      'docker rm -f worker && docker run -d --name worker driftwood/worker:1',
    ])
    expect(titles(shared).slice(1)).toEqual([
      'COPY tides.model /opt/models/',
      'FROM debian:bookworm-slim',
    ])
  })

  it('where another image was frozen from its container, and where two have one base', () => {
    const before = titles(play('ten-from-one', ['docker ps']))
    expect(titles(play('ten-from-one', ['docker commit b1 driftwood/copy:1']))).toEqual(before)
    const stack = titles(play('down-with-v', ['docker ps']))
    expect(stack.at(-1)).toBe('FROM debian:bookworm-slim')
  })
})
