import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import { chooseHost, thisMachine } from '../../../src-main/chooseHost.ts'
import type { GameHost } from './gameHost.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** Why the desktop app cannot run here, or null where it can. */
export function electronMissing(): string | null {
  const choice = chooseHost(ROOT, thisMachine())
  return choice.host === 'electron' ? null : choice.because
}

/** The desktop app. */
export async function startElectronHost(): Promise<GameHost> {
  const choice = chooseHost(ROOT, thisMachine())
  if (choice.host !== 'electron') throw new Error(choice.because)
  const dataDir = mkdtempSync(join(tmpdir(), 'driftwood-e2e-'))
  const launch = () =>
    _electron.launch({
      executablePath: choice.executable,
      args: [ROOT, `--data=${dataDir}`, '--renderer=canvas'],
      cwd: ROOT,
    })
  let app: ElectronApplication = await launch()
  return {
    dataDir,
    open: () => app.firstWindow(),
    origin: () => 'app://game',
    kill: async () => {
      const ended = once(app.process(), 'exit')
      app.process().kill('SIGKILL')
      await ended
    },
    restart: async () => {
      app = await launch()
    },
    stop: async () => {
      await app.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
