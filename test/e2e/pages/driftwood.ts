import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../../..')

/** Runs a command of `npm run driftwood`; throws what it says when it fails. */
export function driftwood(
  args: readonly string[],
  input = '',
  environment: Readonly<Record<string, string>> = {},
): string {
  const cli = join(ROOT, 'src-main/cli/driftwood.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    input,
    env: { ...process.env, ...environment },
    maxBuffer: 16 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(`driftwood ${args[0]} ended with ${status}: ${stderr}`)
  return stdout
}
