import type { ProcessOutcome } from '../shell/program.ts'
import { runProcess } from '../shell/runProcess.ts'
import { type Content, emptyContent } from '../tree/content.ts'
import type { Namespace } from '../vfs/syscalls.ts'
import type { Engine } from './engine.ts'
import { bad, good, type Reply } from './reply.ts'
import { rules } from './rules.ts'
import type { Container } from './state.ts'
import { parseUser } from './users.ts'

export interface ContainerProcess {
  readonly argv: readonly string[]
  readonly env: readonly string[]
  readonly user: string
  readonly cwd: string
  readonly isMain: boolean
  readonly traceLookups: boolean
  readonly stdin?: Content
}

/** PATH and HOSTNAME come first, as the engine lays out a process's environment. */
const environment = (entries: readonly string[], hostname: string): Map<string, string> => {
  const env = new Map([
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['HOSTNAME', hostname],
  ])
  for (const entry of entries) {
    const equals = entry.indexOf('=')
    if (equals > 0) env.set(entry.slice(0, equals), entry.slice(equals + 1))
  }
  return env
}

/** Starts a process in a container's namespace. An error is the engine's own, before any program. */
export const runInContainer = (
  engine: Engine,
  container: Container,
  namespace: Namespace,
  process: ContainerProcess,
): Reply<ProcessOutcome> => {
  // A process of `exec` without a user is runc's to look up, from inside.
  const isInside = process.user === '' && !process.isMain
  const seenAt = isInside ? '' : `/var/lib/docker/overlay2/${container.cacheId}/merged`
  const user = parseUser(engine.rootCalls(namespace), process.user, seenAt)
  if (!user.ok) return bad(user.error)
  const env = environment(process.env, container.config.hostname)
  if (!env.has('HOME')) env.set('HOME', user.value.home)
  if (process.isMain || container.config.tty) {
    if (container.config.tty && !env.has('TERM')) env.set('TERM', 'xterm')
  }
  const outcome = runProcess({
    kernel: engine.kernel,
    namespace,
    argv: process.argv,
    env,
    cwd: process.cwd === '' ? '/' : process.cwd,
    uid: user.value.uid,
    gid: user.value.gid,
    stdin: process.stdin ?? emptyContent,
    isMain: process.isMain,
    traceLookups: process.traceLookups,
    flavour: 'busybox',
    hostName: container.config.hostname,
    report: (report) =>
      engine.emit({
        type: 'process-reported',
        rule: rules.process,
        container: container.id,
        ...report,
      }),
  })
  if (outcome.started) engine.processSteps += outcome.steps
  return good(outcome)
}
