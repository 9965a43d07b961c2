import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { startDevelopmentFiles } from './browser/developmentFiles.ts'
import { findKioskBrowser, kioskBrowserArguments } from './browser/kioskBrowser.ts'
import { openInBrowser } from './browser/openInBrowser.ts'
import { startBrowserHost } from './browser/startBrowserHost.ts'
import { buildIfChanged } from './buildIfChanged.ts'
import type { Answer } from './calls/router.ts'
import { chooseHost, thisMachine } from './chooseHost.ts'
import { classroomLines, ownAddresses } from './classroomLines.ts'
import type { KioskView } from './contract/api.ts'
import {
  alreadyRunningMessage,
  isAlreadyRunning,
  removeHostNote,
  writeHostNote,
} from './hostNote.ts'
import { keepRunning, keptEnvironment } from './keepRunning.ts'
import { readKioskSettings } from './kioskSettings.ts'
import { findProjectRoot, projectPaths, resolveDataDir } from './paths.ts'
import {
  type HeldAddress,
  type HostMessage,
  heldAddress,
  heldEnvironment,
  runKiosk,
} from './runKiosk.ts'
import { CONTENT_POLICY, DEVELOPMENT_CONTENT_POLICY } from './served/contentPolicy.ts'
import { pageQueryFor, parseStartOptions, START_USAGE, type StartOptions } from './startOptions.ts'

const say = (text: string): unknown => process.stdout.write(`${text}\n`)

/** Says why on stderr; the exit code follows facts of the shell: 2 for bad input, else 1. */
function fail(text: string, code = 1): never {
  process.stderr.write(`${text}\n`)
  process.exit(code)
}

/** Waiting, telling and giving up, as this process does it. Up here: what follows runs at once. */
const supervision = {
  now: () => performance.now(),
  later: setTimeout,
  say: (text: string) => process.stderr.write(`${text}\n`),
  giveUp: (code: number) => process.exit(code),
}

// better-sqlite3 crashes older versions without a message.
if (Number(process.versions.node.split('.')[0]) < 24) {
  fail(`Driftwood needs Node 24, this is ${process.version}. Start it with "npm start".`)
}

const options = parseStartOptions(process.argv.slice(2))
if (typeof options === 'string') fail(`${options}\n\n${START_USAGE}`, 2)
if (options.help) {
  say(START_USAGE)
  process.exit(0)
}

const root = findProjectRoot(import.meta.dirname)
const dataDir = resolveDataDir({
  argument: options.dataDir,
  platform: process.platform,
  env: process.env,
  home: homedir(),
})

if (!options.development) {
  const failure = buildIfChanged(root, () => say('Building Driftwood (only after a change)...'))
  if (failure !== null) fail(`The build failed:\n${failure}`)
}

const choice = chooseHost(root, thisMachine())
if (options.host === 'electron' && choice.host === 'browser') {
  fail(`The desktop app cannot run here: ${choice.because}.`)
}
if (options.host !== 'browser' && choice.host === 'electron') {
  startDesktopApp(choice.executable, options)
} else {
  const held = heldAddress(process.env)
  if (choice.host === 'browser' && options.host === null && held === null) {
    say(`The desktop app cannot run here (${choice.because}), so the browser shows the game.`)
  }
  if (kioskOrFail(options) !== null && held === null) startKioskInBrowser(options)
  else {
    await startInBrowser(options, held).catch((cause) =>
      fail(`Driftwood could not start: ${reasonOf(cause)}`),
    )
  }
}

function startDesktopApp(executable: string, chosen: StartOptions): void {
  const args = [root, `--data=${dataDir}`, `--renderer=${chosen.renderer}`, ...filesOf(chosen)]
  const kiosk = kioskOrFail(chosen)
  let stopping = false
  let child: ChildProcess | null = null
  const start = (ended: (code: number | null) => void) => {
    child = spawn(executable, kiosk ? [...args, '--kiosk'] : args, {
      stdio: 'inherit',
      env: kiosk ? { ...process.env, ...keptEnvironment } : process.env,
    })
    child.on('error', (cause) => fail(`Electron did not start: ${cause.message}`))
    child.on('exit', (code) => ended(stopping ? 0 : code))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stopping = true
      child?.kill(signal)
    })
  }
  if (kiosk) keepRunning({ start, ...supervision, isOver: () => stopping })
  else start((code) => process.exit(code ?? 1))
}

/** npm runs in the project's folder; INIT_CWD is where the player typed. */
function filesOf({ files }: StartOptions): readonly string[] {
  return files.map((file) => resolve(process.env.INIT_CWD ?? process.cwd(), file))
}

function kioskOrFail(chosen: StartOptions): KioskView | null {
  const kiosk = readKioskSettings(dataDir, chosen.kiosk)
  if (typeof kiosk === 'string') fail(kiosk, 2)
  return kiosk
}

async function startInBrowser(chosen: StartOptions, held: HeldAddress | null): Promise<void> {
  // Imported late: the desktop app loads its own database driver.
  const { openGame } = await import('./openGame.ts')
  const paths = projectPaths(root)
  const kiosk = kioskOrFail(chosen)
  const game = openOrFail(() =>
    openGame(paths, dataDir, {
      mode: chosen.listen === null ? 'browser' : 'classroom',
      kiosk,
      leaveKiosk: () => tellParent({ kind: 'left' }),
    }),
  )
  const answers = new Map<string, Answer>()
  if (chosen.listen === null) game.serve(answers)
  const classroom = chosen.listen === null ? null : game.openClassroom()
  const development = chosen.development ? await startDevelopmentFiles(root) : null
  const host = await startBrowserHost({
    answers,
    rendererDir: paths.renderer,
    port: held?.port ?? chosen.port,
    token: held?.token ?? randomBytes(24).toString('base64url'),
    contentPolicy: development ? DEVELOPMENT_CONTENT_POLICY : CONTENT_POLICY,
    pageQuery: pageQueryFor(chosen.renderer),
    log: game.log,
    ...(classroom && chosen.listen && { room: { ...classroom, address: chosen.listen } }),
    ...(development && { developmentFiles: development.serve }),
  }).catch((cause: NodeJS.ErrnoException) => {
    game.close()
    fail(serveFailure(cause, chosen))
  })
  try {
    writeHostNote(dataDir, { url: host.url, pid: process.pid })
  } catch (cause) {
    // Only a hint for a second start; a full disk must not keep anybody from playing.
    game.log.warn(`the address could not be noted: ${reasonOf(cause)}`)
  }

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await host.close()
    await development?.close()
    game.close()
    removeHostNote(dataDir)
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  // Whoever keeps a kiosk running has ended: nobody would stop this process any more.
  if (held !== null) process.on('disconnect', stop)

  game.bring(filesOf(chosen))
  if (classroom) for (const line of classroomLines(classroom, host.url)) say(line)
  say(`Driftwood is ready: ${host.url}`)
  say('Stop it with Ctrl-C. Everything you did is kept.')
  tellParent({ kind: 'ready', url: host.url, port: host.port })
  if (kiosk === null && chosen.open) {
    openInBrowser({ platform: process.platform, env: process.env }, host.url)
  }
  // Only from here on: a start that fails half way must end, not hang.
  process.on('uncaughtException', (cause) => game.log.error('uncaught', cause))
  process.on('unhandledRejection', (cause) => game.log.error('unhandled rejection', cause))
}

function serveFailure(cause: NodeJS.ErrnoException, { port, listen }: StartOptions): string {
  if (cause.code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program. Choose one with --port.`
  }
  if (cause.code === 'EADDRNOTAVAIL') {
    return `${listen} is no address of this machine. It has ${ownAddresses().join(', ')}.`
  }
  return `The game could not be served: ${cause.message}`
}

/** To whoever keeps a kiosk running, where somebody does. */
function tellParent(message: HostMessage): void {
  if (heldAddress(process.env) !== null) process.send?.(message)
}

/** This process keeps two others running: the host, and a Chromium that fills the screen with it. */
function startKioskInBrowser(chosen: StartOptions): void {
  const { platform, env } = process
  const browser = chosen.open ? findKioskBrowser({ platform, env, exists: existsSync }) : null
  if (chosen.open && browser === null) {
    say('No Chromium, Chrome or Edge was found to fill the screen: open the address by hand.')
  }
  const profile = join(dataDir, 'kiosk-browser')
  const end = runKiosk({
    ...supervision,
    startHost: (address) =>
      spawn(
        process.execPath,
        [...process.execArgv, import.meta.filename, ...process.argv.slice(2)],
        {
          stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
          env: { ...env, ...heldEnvironment(address) },
        },
      ),
    startBrowser:
      browser === null
        ? null
        : (url) => spawn(browser, kioskBrowserArguments(url, profile), { stdio: 'ignore' }),
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
}

function openOrFail<T>(open: () => T): T {
  try {
    return open()
  } catch (cause) {
    if (isAlreadyRunning(cause)) fail(alreadyRunningMessage(dataDir))
    fail(reasonOf(cause))
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
