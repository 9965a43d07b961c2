import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import type { GameHost } from './gameHost.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
/** The first start may have to build. */
const READY_MILLISECONDS = 180_000

/**
 * The browser host in a process of its own; `page` shows it. A module may be loaded before it, and
 * `prepare` puts into the data folder what has to be there before the start.
 */
export async function startBrowserHost(
  page: Page,
  preload?: string,
  prepare: (dataDir: string) => void = () => {},
): Promise<GameHost> {
  const dataDir = mkdtempSync(join(tmpdir(), 'driftwood-e2e-'))
  prepare(dataDir)
  let { child, url } = await launch(dataDir, preload)
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return {
    dataDir,
    open: async () => {
      await page.goto(url)
      // The first page only hands over the cookie and leads on by itself.
      await page.waitForURL(({ pathname }) => pathname !== '/start')
      return page
    },
    origin: () => new URL(url).origin,
    kill: () => end('SIGKILL'),
    restart: async () => {
      ;({ child, url } = await launch(dataDir, preload))
    },
    stop: async () => {
      await end('SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const launch = (dataDir: string, preload: string | undefined) =>
  launchStart(['--browser', '--no-open', '--data', dataDir, '--renderer', 'canvas'], preload)

export interface Launched {
  readonly child: ChildProcess
  readonly url: string
  /** What it said until it was ready. */
  readonly said: string
}

/** `npm start` with these options, once it is ready. */
export async function launchStart(
  options: readonly string[],
  preload?: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Launched> {
  const start = join(ROOT, 'src-main/start.ts')
  const before = preload === undefined ? [] : ['--import', pathToFileURL(preload).href]
  const child = spawn(process.execPath, [...before, start, ...options], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { child, ...(await ready(child)) }
}

function ready(child: ChildProcess): Promise<Omit<Launched, 'child'>> {
  return new Promise((resolveUrl, reject) => {
    let said = ''
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`the host was not ready in time; it said:\n${said}`))
    }, READY_MILLISECONDS)
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      const found = /is ready: (http:\S+)/.exec(said)
      if (!found?.[1]) return
      clearTimeout(timer)
      resolveUrl({ url: found[1], said })
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the host ended with ${code}; it said:\n${said}`))
    })
  })
}
