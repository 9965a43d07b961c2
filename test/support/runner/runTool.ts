import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../../..')

/** Tools of the project run on the Node that runs this, also where the system's own is older. */
const PATH = [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(':')

export interface ToolRun {
  readonly holds: boolean
  /** What it printed; empty where it printed straight to the terminal. */
  readonly output: string
}

/** Runs a tool of node_modules to its end; `live` lets it print while it runs. */
export function runTool(
  [tool = '', ...args]: readonly string[],
  {
    live = false,
    env = {},
  }: { readonly live?: boolean; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ToolRun> {
  return new Promise((done) => {
    const child = spawn(join(ROOT, 'node_modules', '.bin', tool), args, {
      cwd: ROOT,
      env: { ...process.env, PATH, ...env },
      stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('error', (cause) => done({ holds: false, output: cause.message }))
    child.on('close', (code) => done({ holds: code === 0, output }))
  })
}
