import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const script = join(import.meta.dirname, '..', 'kernelWorker.py')

/** A case in the golden format, as the worker takes it. */
export interface KernelCase {
  readonly layers: readonly (readonly object[])[]
  readonly ops: readonly object[]
  /** The upper directory is on a tmpfs of this size. */
  readonly upperBytes?: number
  /** Nothing looks at the tree between operations; then no copiedUp is recorded. */
  readonly quiet?: boolean
}

export type KernelAnswer = Readonly<Record<string, unknown>>

/** One long-lived helper process that runs cases on the real kernel, each on a mount of its own. */
export class KernelWorker {
  readonly #scratch: string
  readonly #process: ChildProcessWithoutNullStreams
  readonly #waiting: ((line: string) => void)[] = []
  #complaint = ''

  constructor() {
    this.#scratch = mkdtempSync(join(process.env.DRIFTWOOD_SCRATCH ?? tmpdir(), 'driftwood-'))
    this.#process = spawn('python3', [script, this.#scratch])
    this.#process.stderr.on('data', (text: Buffer) => {
      this.#complaint += text.toString()
    })
    const lines = createInterface({ input: this.#process.stdout })
    lines.on('line', (line) => this.#waiting.shift()?.(line))
    this.#process.on('exit', () => {
      const line = JSON.stringify({ broken: `the worker ended: ${this.#complaint}` })
      for (const answer of this.#waiting.splice(0)) answer(line)
    })
  }

  run(kernelCase: KernelCase): Promise<KernelAnswer> {
    const answer = new Promise<string>((resolve) => this.#waiting.push(resolve))
    this.#process.stdin.write(`${JSON.stringify(kernelCase)}\n`)
    return answer.then((line) => JSON.parse(line) as KernelAnswer)
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#process.stdin.end()
    await ended
    rmSync(this.#scratch, { recursive: true, force: true })
  }
}

const smallest: KernelCase = {
  layers: [[{ path: '/f', type: 'file', content: 'x' }]],
  ops: [{ op: 'append', path: '/f', data: 'y' }],
}

/** Why cases cannot be run on the kernel here; null when they can. */
export const kernelMissing = async (): Promise<string | null> => {
  if (process.platform !== 'linux') return 'not a Linux kernel'
  if (process.getuid?.() !== 0) return 'overlay mounts need root'
  if (spawnSync('python3', ['--version']).status !== 0) return 'no python3'
  const worker = new KernelWorker()
  const answer = await worker.run(smallest)
  await worker.close()
  const broken = answer.broken
  return broken === undefined ? null : `no overlay mount here (${String(broken)})`
}
