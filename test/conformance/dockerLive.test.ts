import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareScript } from './docker-live/compareScript.ts'
import { engineMissing, LiveEngine } from './docker-live/LiveEngine.ts'
import { namedScripts } from './docker-live/namedScripts.ts'
import { EngineRunner } from './docker-live/runOnEngine.ts'

/**
 * One script of each kind, as many as a minute holds on a quiet machine. All of them, and random
 * ones, are typed by `npm run conformance:docker`.
 */
const typedHere = [
  'commit-after-writes',
  'bind-file-over-existing',
  'build-VOLUME-then-write',
  'commit',
  'cp-and-mounts',
  'create-start-exit-codes',
  'diff-rules',
  'image-VOLUME-rm-v',
  'mount-errors',
  'named-volume-survives-rm',
  'ps-size',
  'volume-first-mount-population',
  'level hot-fix',
]

const startMs = 180_000
const scriptMs = 300_000

describe('the simulator against a live engine', () => {
  const scripts = namedScripts()
  let engine: LiveEngine | string = 'not started'
  let runner: EngineRunner

  beforeAll(async () => {
    engine = engineMissing() ?? (await LiveEngine.start())
    if (typeof engine === 'string') console.log(`skipped: scripts on a live engine: ${engine}`)
    else {
      runner = new EngineRunner(engine)
      console.log(
        `Docker Engine ${engine.version}: ${typedHere.length} of ${scripts.length} named scripts`,
      )
    }
  }, startMs)

  afterAll(async () => {
    if (typeof engine !== 'string') await engine.stop()
  }, startMs)

  const scriptOf = (name: string) => {
    const script = scripts.find((one) => one.name === name)
    if (script === undefined) throw new Error(`there is no script ${name}`)
    return script
  }

  test.for(typedHere)(
    '%s: the same lines give the same answers',
    { timeout: scriptMs },
    (name, { skip }) => {
      if (typeof engine === 'string') skip(engine)
      const { differences, compared } = compareScript(runner, scriptOf(name))
      expect(differences).toEqual([])
      expect(compared).toBeGreaterThan(0)
    },
  )

  test('a difference is seen', { timeout: scriptMs }, ({ skip }) => {
    if (typeof engine === 'string') skip(engine)
    const changed = {
      ...scriptOf('commit-after-writes'),
      lines: [{ text: 'docker volume ls -q', onEngine: 'docker volume create other' }],
    }
    expect(compareScript(runner, changed).differences).not.toEqual([])
  })
})
