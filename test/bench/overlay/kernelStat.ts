import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { LayerPaths } from './trees.ts'

const run = (command: string, args: readonly string[], input = ''): string | null => {
  const { status, stdout } = spawnSync(command, args, { input, encoding: 'utf8' })
  return status === 0 ? stdout : null
}

/** Nanoseconds of a stat(2) on a real overlay mount of these layers; a text says why there is none. */
export const kernelStat = (paths: LayerPaths, rounds: number): number | string => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'overlay mounts need root'
  const root = mkdtempSync(join(tmpdir(), 'driftwood-bench-'))
  const merged = join(root, 'm')
  try {
    const program = join(root, 'statLoop')
    if (run('cc', ['-O2', '-o', program, join(import.meta.dirname, 'statLoop.c')]) === null) {
      return 'no C compiler'
    }
    for (const [index, files] of paths.entries()) {
      for (const directory of new Set(files.map((path) => dirname(path)))) {
        mkdirSync(join(root, `l${index}${directory}`), { recursive: true })
      }
      for (const path of files) writeFileSync(join(root, `l${index}${path}`), path)
    }
    for (const name of ['u', 'w', 'm']) mkdirSync(join(root, name))
    const lower = paths.map((_, index) => join(root, `l${index}`)).toReversed()
    const options = `lowerdir=${lower.join(':')},upperdir=${root}/u,workdir=${root}/w`
    if (run('mount', ['-t', 'overlay', 'overlay', '-o', options, merged]) === null) {
      return 'no overlay mount here'
    }
    const names = `${paths.flat().join('\n')}\n`
    const nanos = Number(run(program, [merged, String(rounds)], names) ?? Number.NaN)
    run('umount', [merged])
    return Number.isFinite(nanos) ? nanos : 'the loop ended badly'
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
