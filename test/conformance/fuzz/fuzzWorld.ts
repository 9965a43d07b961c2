import { readyWorld } from '../../../src-main/cli/readyWorld.ts'
import { apply } from '../../../src-main/sim/apply.ts'
import { placeHostFiles } from '../../../src-main/sim/placeHostFiles.ts'
import type { World } from '../../../src-main/sim/world.ts'

const files = {
  'notes.txt': 'one\ntwo\nthree\n',
  Dockerfile: 'FROM busybox\nCOPY notes.txt /notes.txt\nRUN echo built > /built\n',
  'compose.yaml': 'services:\n  web:\n    image: busybox\n    command: sleep 1d\n',
}

const lines = [
  'docker run -d --name box -v data:/data busybox sleep 1d',
  'docker run -d --name db driftwood/postgres:16',
]

/** The world in which fuzzed lines are typed: files, a plain container and a database. */
export const fuzzWorld = (): World => {
  const start = readyWorld('driftwood')
  if (start === null) throw new Error('the world of the prompt is missing')
  let world = placeHostFiles(start, start.host.cwd, files)
  for (const line of lines) {
    const outcome = apply(world, line)
    if (outcome.exit !== 0) throw new Error(`${line}: ${outcome.stderr}`)
    world = outcome.world
  }
  return world
}
