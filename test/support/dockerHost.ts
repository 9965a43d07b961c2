import { expect } from 'vitest'
import { apply, type Outcome } from '../../src-main/sim/apply.ts'
import type { SimEvent } from '../../src-main/sim/event.ts'
import { addReadyImage, buildImage, type Context } from '../../src-main/sim/images.ts'
import { type HostFile, placeHostFiles } from '../../src-main/sim/placeHostFiles.ts'
import { createWorld, type World, type WorldOptions } from '../../src-main/sim/world.ts'

const anonymous = /\b[0-9a-f]{64}\b/g

/** A simulated host at whose prompt a test types lines, one after the other. */
export class DockerHost {
  world: World
  /** What the last line did. */
  last: Outcome | null = null

  constructor(images: readonly string[] = ['busybox:latest'], options: WorldOptions = {}) {
    this.world = images.reduce(addReadyImage, createWorld(options))
  }

  build(tag: string, dockerfile: readonly string[], context: Context = {}): this {
    this.world = buildImage(this.world, tag, dockerfile, context)
    return this
  }

  files(files: Readonly<Record<string, HostFile>>): this {
    this.world = placeHostFiles(this.world, this.world.host.cwd, files)
    return this
  }

  /** Runs a line, whatever it answers. */
  type(line: string): Outcome {
    this.last = apply(this.world, line)
    this.world = this.last.world
    return this.last
  }

  /** Runs a line that must succeed; gives what it printed on stdout. */
  run(line: string): string {
    const { stdout, stderr, exit } = this.type(line)
    expect(exit, `${line}\n${stdout}${stderr}`).toBe(0)
    return stdout
  }

  /** Runs a line that must fail; gives what it printed on stderr. */
  refused(line: string, exit = 1): string {
    const outcome = this.type(line)
    expect(outcome.exit, `${line}\n${outcome.stdout}${outcome.stderr}`).toBe(exit)
    return outcome.stderr
  }

  /** Events of the last line of one type. */
  events<T extends SimEvent['type']>(type: T): readonly Extract<SimEvent, { type: T }>[] {
    return (this.last?.steps ?? [])
      .map(({ event }) => event)
      .filter((event): event is Extract<SimEvent, { type: T }> => event.type === type)
  }

  /** Names of the volumes; anonymous ones as `<anonymous>`. */
  volumes(): readonly string[] {
    return this.run('docker volume ls -q')
      .replace(anonymous, '<anonymous>')
      .split('\n')
      .filter((name) => name !== '')
      .sort()
  }
}
