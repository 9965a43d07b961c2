import { startBrowserHost } from '../../../src-main/browser/startBrowserHost.ts'
import { openGame } from '../../../src-main/openGame.ts'
import { findProjectRoot, projectPaths } from '../../../src-main/paths.ts'
import { CONTENT_POLICY } from '../../../src-main/served/contentPolicy.ts'

/** A classroom on loopback, as `npm start` opens it, and one line once it is ready. */
const [dataDir = '', port = '0'] = process.argv.slice(2)
const paths = projectPaths(findProjectRoot(import.meta.dirname))

const game = openGame(paths, dataDir, { mode: 'classroom' })
const room = game.openClassroom()
const host = await startBrowserHost({
  answers: new Map(),
  rendererDir: paths.renderer,
  port: Number(port),
  token: '',
  contentPolicy: CONTENT_POLICY,
  pageQuery: '',
  log: game.log,
  room: { ...room, address: '127.0.0.1' },
})
process.stdout.write(`${JSON.stringify({ port: host.port, code: room.code })}\n`)
