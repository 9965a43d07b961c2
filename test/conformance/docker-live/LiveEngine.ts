import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The engine gets a mount namespace of its own: its data is at /var/lib/docker, /srv and /home are
 * empty, and nothing of that is seen outside.
 */
const enclosed = `
mount --make-rprivate / &&
mkdir -p /var/lib/docker /srv /home &&
mount --bind "$1/data" /var/lib/docker &&
mount --bind "$1/srv" /srv &&
mount --bind "$1/home" /home &&
exec dockerd --iptables=false --bridge=none --storage-driver overlay2 --data-root /var/lib/docker \
  -H "unix://$1/engine.sock" --exec-root "$1/exec" --pidfile "$1/engine.pid"
`

const startMs = 60_000
const pollMs = 100
const stopMs = 30_000

/** The client that came with the engine, where there is more than one. */
const ownClient = '/usr/bin/docker'

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Waits until this program lets go of its input, or is gone, whichever way that comes about; then ends
 * the engine (after so many tenths of a second by force) and clears what is left of it.
 */
const guard = `
trap '' INT TERM HUP
cat > /dev/null
kill "$1" 2> /dev/null
i=0
while [ -d "/proc/$1" ] && ! grep -q '^State:.Z' "/proc/$1/status" && [ $i -lt "$3" ]; do
  sleep 0.1; i=$((i+1))
done
kill -9 "$1" 2> /dev/null
for m in $(grep -o " $2/[^ ]*" /proc/mounts | sort -r); do umount -l "$m"; done
rm -rf "$2"
`

/** A Docker Engine started for the tests. Stopped by its process id. */
export class LiveEngine {
  readonly scratch: string
  readonly #process: ChildProcess
  readonly #guard: ChildProcess

  private constructor() {
    this.scratch = mkdtempSync(join(process.env.DRIFTWOOD_SCRATCH ?? tmpdir(), 'driftwood-engine-'))
    for (const name of ['data', 'exec', 'bin', 'srv', 'home']) mkdirSync(join(this.scratch, name))
    if (existsSync(ownClient)) symlinkSync(ownClient, join(this.scratch, 'bin/docker'))
    // A file, not a pipe: nobody reads while this program waits for a command, and a full pipe stops dockerd.
    const log = openSync(join(this.scratch, 'log'), 'w')
    this.#process = spawn('unshare', ['-m', 'sh', '-c', enclosed, 'sh', this.scratch], {
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    const args = [String(this.#process.pid), this.scratch, String(stopMs / pollMs)]
    this.#guard = spawn('sh', ['-c', guard, 'sh', ...args], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
  }

  /** Starts an engine and waits until it answers; a text says why it does not. */
  static async start(): Promise<LiveEngine | string> {
    const engine = new LiveEngine()
    for (let waited = 0; waited < startMs; waited += pollMs) {
      await sleep(pollMs)
      if (engine.#process.exitCode !== null) break
      if (engine.bash(`docker version`).status === 0) return engine
    }
    const log = readFileSync(join(engine.scratch, 'log'), 'utf8').trim().split('\n')
    await engine.stop()
    return `dockerd does not start here: ${log.slice(-2).join(' ')}`
  }

  get version(): string {
    const asked = this.bash(
      "docker version --format '{{.Server.Version}}, client {{.Client.Version}}'",
    )
    return asked.stdout.trim()
  }

  /** Runs a bash script where the engine's files are. */
  bash(script: string): {
    readonly status: number
    readonly stdout: string
    readonly stderr: string
  } {
    const path = `${join(this.scratch, 'bin')}:${process.env.PATH ?? ''}`
    const done = spawnSync(
      'nsenter',
      ['-m', '-t', String(this.#process.pid), 'bash', '-c', script],
      {
        env: {
          PATH: path,
          HOME: '/root',
          DOCKER_HOST: `unix://${join(this.scratch, 'engine.sock')}`,
          DOCKER_BUILDKIT: '0',
        },
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      },
    )
    return { status: done.status ?? 137, stdout: done.stdout, stderr: done.stderr }
  }

  async stop(): Promise<void> {
    const cleared = new Promise((resolve) => this.#guard.once('exit', resolve))
    this.#guard.stdin?.end()
    await cleared
  }
}

const has = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`]).status === 0

/** Why no engine can be started here, as far as one sees without starting it; null: try. */
export const engineMissing = (): string | null => {
  if (process.platform !== 'linux') return 'not a Linux kernel'
  if (process.getuid?.() !== 0) return 'an engine needs root'
  const missing = ['dockerd', 'docker', 'containerd', 'runc', 'unshare', 'nsenter'].filter(
    (name) => !has(name),
  )
  if (missing.length > 0) return `no ${missing.join(', ')} (Debian: apt-get install docker.io)`
  if (!has('busybox')) return 'no busybox (Debian: apt-get install busybox-static)'
  return null
}
