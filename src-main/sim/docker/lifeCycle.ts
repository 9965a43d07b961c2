import type { StartFailure } from '../shell/program.ts'
import { type Content, emptyContent } from '../tree/content.ts'
import { commandLine } from './commandLine.ts'
import { type Engine, engineCosts } from './engine.ts'
import { mountAll, unmountAll } from './mounts.ts'
import { portConflict } from './ports.ts'
import { removeContainer } from './removeContainer.ts'
import { bad, good, type Reply } from './reply.ts'
import { rules } from './rules.ts'
import { runInContainer } from './runInContainer.ts'
import { signalName } from './signals.ts'
import type { Container, LogLine } from './state.ts'
import { unmountTmpfsVolumes } from './volumes.ts'

export interface StartResult {
  readonly stdout: Content
  readonly stderr: Content
  /** null: it goes on running. */
  readonly exitCode: number | null
}

const runcPrefix =
  'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: '

/** runc's words for a program that could not be started. */
export const startFailureText = (failure: StartFailure): string => {
  if (failure.kind === 'no-such-directory') {
    return `chdir to cwd (${JSON.stringify(failure.cwd)}) set in config.json failed: no such file or directory`
  }
  const name = JSON.stringify(failure.argv0)
  if (failure.kind === 'not-executable') return `exec: ${name}: permission denied`
  return failure.argv0.includes('/')
    ? `exec: ${name}: stat ${failure.argv0}: no such file or directory`
    : `exec: ${name}: executable file not found in $PATH`
}

const linesOf = (
  result: { stdout: Content; stderr: Content },
  atMs: number,
): readonly LogLine[] => [
  ...(result.stdout.size > 0 ? [{ stream: 'stdout' as const, content: result.stdout, atMs }] : []),
  ...(result.stderr.size > 0 ? [{ stream: 'stderr' as const, content: result.stderr, atMs }] : []),
]

const current = (engine: Engine, container: Container): Container =>
  engine.findContainer(container.id) ?? container

const settle = (engine: Engine, container: Container, exitCode: number): Container => {
  unmountAll(engine, container)
  unmountTmpfsVolumes(engine, container)
  const ended: Container = {
    ...container,
    state: 'exited',
    exitCode,
    finishedMs: engine.nowMs,
    namespace: null,
    onTerm: null,
  }
  engine.setContainer(ended)
  engine.emit({
    type: 'container-stopped',
    rule: rules.stopped,
    container: container.id,
    exitCode,
  })
  return ended
}

/** `--rm`: the container and its anonymous volumes go when it has ended. */
const afterEnd = (engine: Engine, container: Container): void => {
  if (container.hostConfig.autoRemove) removeContainer(engine, container, { volumes: true })
}

/** `before`: the container as it was; one that has run once is exited, not created. */
const failStart = (
  engine: Engine,
  container: Container,
  error: string,
  before = container,
): Reply<never> => {
  unmountAll(engine, container)
  const exitCode = /permission denied/.test(error) ? 126 : 127
  const failed: Container = {
    ...container,
    state: before.startedMs === null ? 'created' : 'exited',
    startedMs: before.startedMs,
    exitCode,
    error,
    namespace: null,
  }
  engine.setContainer(failed)
  if (container.hostConfig.autoRemove) removeContainer(engine, failed, { volumes: true })
  return bad(error)
}

/**
 * Starts a container that does not run: mounts everything and runs its command until it ends or waits
 * for ever. The writable layer is the one it had before.
 */
export const startContainer = (
  engine: Engine,
  container: Container,
  options: { readonly attached: boolean; readonly stdin?: Content },
): Reply<StartResult> => {
  if (container.state === 'running') {
    return good({ stdout: emptyContent, stderr: emptyContent, exitCode: null })
  }
  if (container.state === 'paused')
    return bad('cannot start a paused container, try unpause instead')
  engine.kernel.spend(engineCosts.start)
  const conflict = portConflict(container, engine.state.containers)
  if (conflict !== null) return failStart(engine, container, conflict)
  const mounted = mountAll(engine, container)
  if (!mounted.ok) return failStart(engine, container, mounted.error)
  const running: Container = {
    ...container,
    state: 'running',
    error: '',
    exitCode: 0,
    startedMs: engine.nowMs,
    namespace: mounted.value,
  }
  engine.setContainer(running)
  engine.emit({ type: 'container-started', rule: rules.started, container: container.id })
  const { config } = container
  const outcome = runInContainer(engine, running, mounted.value, {
    argv: commandLine(container),
    env: config.env,
    user: config.user,
    cwd: config.workingDir,
    isMain: true,
    traceLookups: options.attached,
    ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
  })
  // The engine looks the user up itself, before runc has a say.
  if (!outcome.ok) return failStart(engine, running, outcome.error, container)
  if (!outcome.value.started) {
    const reason = `error during container init: ${startFailureText(outcome.value.failure)}`
    return failStart(engine, running, `${runcPrefix}${reason}`, container)
  }
  const { stdout, stderr, ending } = outcome.value
  const logs = [...container.logs, ...linesOf({ stdout, stderr }, engine.nowMs)]
  const now = { ...current(engine, running), logs }
  if (ending.kind === 'parked') {
    engine.setContainer({ ...now, onTerm: ending.onTerm })
    return good({ stdout, stderr, exitCode: null })
  }
  afterEnd(engine, settle(engine, now, ending.code))
  return good({ stdout, stderr, exitCode: ending.code })
}

const killed = 137
const defaultGraceSeconds = 10

/** SIGTERM, then SIGKILL after the grace time: a main process that ignores SIGTERM ends with 137. */
export const stopContainer = (
  engine: Engine,
  container: Container,
  graceSeconds: number | null,
): void => {
  if (container.state !== 'running' && container.state !== 'paused') return
  const { onTerm } = container
  const grace = graceSeconds ?? container.config.stopTimeout ?? defaultGraceSeconds
  if (onTerm === null) engine.kernel.spend(Math.max(0, grace) * 1000)
  engine.kernel.spend(engineCosts.stop)
  const code = onTerm === null || grace === 0 ? killed : onTerm
  afterEnd(engine, settle(engine, container, code))
}

/**
 * What a signal that exists does to PID 1: KILL ends it, TERM as its trap says, others are ignored
 * here.
 */
export const killContainer = (
  engine: Engine,
  container: Container,
  signal: string,
): Reply<void> => {
  const name = signalName(signal)
  if (['STOP', '19'].includes(name)) return bad('not simulated in Driftwood: SIGSTOP')
  if (!['KILL', '9', 'TERM', '15'].includes(name)) return good(undefined)
  const isKill = name === 'KILL' || name === '9'
  if (!isKill && container.onTerm === null) return good(undefined)
  afterEnd(engine, settle(engine, container, isKill ? killed : (container.onTerm ?? killed)))
  return good(undefined)
}

export const pauseContainer = (engine: Engine, container: Container, paused: boolean): void => {
  engine.setContainer({ ...container, state: paused ? 'paused' : 'running' })
  if (paused) {
    engine.emit({ type: 'container-paused', rule: rules.paused, container: container.id })
  } else engine.emit({ type: 'container-started', rule: rules.paused, container: container.id })
}
