import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a script left: what it printed, how it ended, and the tree it worked in. */
export interface ShellResult {
  readonly stdout: string
  readonly exit: number
  /** One line for each path below /w: kind, mode, size or target, content. */
  readonly tree: readonly string[]
}

/** Files that are there before every script, below /w. */
export const startFiles: Readonly<Record<string, string>> = {
  'a.txt': 'apple\nbanana\ncherry\n',
  'b.txt': 'banana 2\napple 10\ncherry 1\n',
  empty: '',
  'd/one': '1\n',
  'd/two.txt': 'two\nlines\n',
  'd/.hidden': 'h\n',
}

const applets =
  spawnSync('busybox', ['--list'], { encoding: 'utf8' }).stdout?.trim().split('\n') ?? []

/** Why busybox cannot be asked here; null when it can. */
export const busyboxMissing = (): string | null => {
  if (process.platform !== 'linux') return 'not Linux'
  if (process.getuid?.() !== 0) return 'chroot needs root'
  if (applets.length === 0) return 'no busybox (Debian: apt-get install busybox-static)'
  const root = layOut()
  const tried = spawnSync('chroot', [root, '/bin/busybox', 'true'])
  rmSync(root, { recursive: true })
  return tried.status === 0 ? null : `busybox does not run in a chroot: ${String(tried.stderr)}`
}

const laidOut = ['bin', 'dev', 'etc', 'tmp']

const layOut = (): string => {
  const root = mkdtempSync(join(process.env.DRIFTWOOD_SCRATCH ?? tmpdir(), 'driftwood-sh-'))
  for (const folder of laidOut) mkdirSync(join(root, folder))
  copyFileSync(
    spawnSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).stdout.trim(),
    join(root, 'bin/busybox'),
  )
  chmodSync(join(root, 'bin/busybox'), 0o755)
  spawnSync('chroot', [root, '/bin/busybox', '--install', '-s', '/bin'])
  spawnSync('mknod', ['-m', '666', join(root, 'dev/null'), 'c', '1', '3'])
  spawnSync('mknod', ['-m', '666', join(root, 'dev/zero'), 'c', '1', '5'])
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n')
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\n')
  return root
}

const seconds = 10
/** No file grows beyond this, in 512 byte blocks: `cat f >> f` would fill the disk. */
const fileBlocks = 2048

/** busybox sh in a chroot of its own, laid out anew for every script. */
export class BusyboxShell {
  readonly #root = layOut()

  /** What came of a script; null when it went on until it was stopped. */
  run(script: string): ShellResult | null {
    // `cd ..` lets a script write beside its folder.
    for (const name of readdirSync(this.#root)) {
      if (!laidOut.includes(name)) rmSync(join(this.#root, name), { recursive: true })
    }
    mkdirSync(join(this.#root, 'w/d'), { recursive: true })
    for (const [path, text] of Object.entries(startFiles)) {
      writeFileSync(join(this.#root, 'w', path), text)
      chmodSync(join(this.#root, 'w', path), 0o644)
    }
    const done = spawnSync(
      // A process group of its own: what the script started ends with it.
      'timeout',
      [
        '-s',
        'KILL',
        String(seconds),
        'chroot',
        this.#root,
        '/bin/env',
        '-i',
        'PATH=/bin',
        'HOME=/root',
        '/bin/sh',
        '-c',
        `ulimit -f ${fileBlocks}; umask 022; cd /w; PWD=/w; exec sh -c "$0"`,
        script,
      ],
      {
        encoding: 'utf8',
        input: '',
      },
    )
    const folder = join(this.#root, 'w')
    if (done.status === null || isFull(folder)) return null
    return { stdout: done.stdout, exit: done.status, tree: treeOf(folder, '') }
  }

  close(): void {
    rmSync(this.#root, { recursive: true, force: true })
  }
}

const isFull = (folder: string): boolean =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(
    (path) => lstatSync(join(folder, path)).size >= fileBlocks * 512,
  )

const treeOf = (root: string, under: string): string[] =>
  readdirSync(join(root, under))
    .sort()
    .flatMap((name) => {
      const path = `${under}/${name}`
      const stat = lstatSync(join(root, path))
      const mode = (stat.mode & 0o7777).toString(8)
      if (stat.isSymbolicLink()) return [`${path} -> ${readlinkSync(join(root, path))}`]
      if (stat.isDirectory()) return [`${path}/ ${mode}`, ...treeOf(root, path)]
      const text = readFileSync(join(root, path), 'latin1')
      return [`${path} ${mode} ${stat.nlink} ${JSON.stringify(text)}`]
    })
