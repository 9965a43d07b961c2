import { type CreateOptions, plainCreateOptions } from '../docker/createContainer.ts'
import { readHostFile } from '../docker/hostFiles.ts'
import { findImage, missingImageName } from '../docker/imageStore.ts'
import { mountFlagError, parseMountFlag } from '../docker/mountFlag.ts'
import { clientVolumeError, type MountRequest, parseVolumeFlag } from '../docker/mountSpec.ts'
import { parsePort } from '../docker/ports.ts'
import { parseReference } from '../docker/reference.ts'
import { bad, good, type Reply } from '../docker/reply.ts'
import { isNoRestart, parseRestartPolicy, restartPolicyError } from '../docker/restartPolicy.ts'
import { signalProblem } from '../docker/signals.ts'
import { parseTmpfsFlag } from '../docker/tmpfsFlag.ts'
import { toText } from '../tree/content.ts'
import { type Flag, flagList, flagOn, flagText, type Parsed } from './flags.ts'
import type { Client } from './output.ts'

const flag = (name: string, type: Flag['type'], short?: string): Flag =>
  short === undefined ? { name, type } : { name, type, short }

const missing = (name: string, type: Flag['type'], why: string, short?: string): Flag => ({
  ...flag(name, type, short),
  missing: why,
})

const portFlagError = (text: string): string | null => {
  const port = parsePort(text)
  return typeof port === 'string' ? port : null
}

/** Options of `run` and `create`. */
export const createFlags: readonly Flag[] = [
  flag('name', 'string'),
  flag('volume', 'list', 'v'),
  { ...flag('mount', 'list'), check: mountFlagError },
  flag('tmpfs', 'list'),
  flag('volumes-from', 'list'),
  flag('read-only', 'bool'),
  flag('env', 'list', 'e'),
  flag('env-file', 'list'),
  flag('workdir', 'string', 'w'),
  flag('user', 'string', 'u'),
  flag('entrypoint', 'string'),
  flag('hostname', 'string', 'h'),
  flag('label', 'list', 'l'),
  flag('rm', 'bool'),
  flag('interactive', 'bool', 'i'),
  flag('tty', 'bool', 't'),
  flag('stop-signal', 'string'),
  flag('stop-timeout', 'int'),
  flag('network', 'string'),
  flag('net', 'string'),
  flag('restart', 'string'),
  flag('pull', 'string'),
  flag('quiet', 'bool', 'q'),
  flag('init', 'bool'),
  flag('platform', 'string'),
  flag('storage-opt', 'list'),
  { ...flag('publish', 'list', 'p'), check: portFlagError },
  missing('publish-all', 'bool', 'publishing ports', 'P'),
  missing('privileged', 'bool', 'privileges'),
  missing('memory', 'string', 'resource limits', 'm'),
  missing('cpus', 'string', 'resource limits'),
  missing('volume-driver', 'string', 'volume drivers'),
  missing('cap-add', 'list', 'capabilities'),
  missing('cap-drop', 'list', 'capabilities'),
  missing('device', 'list', 'devices'),
  missing('link', 'list', 'links'),
  missing('add-host', 'list', 'name resolution'),
  missing('dns', 'list', 'name resolution'),
  missing('security-opt', 'list', 'security profiles'),
  missing('ulimit', 'list', 'resource limits'),
  missing('gpus', 'string', 'devices'),
  missing('health-cmd', 'string', 'health checks'),
  missing('log-driver', 'string', 'log drivers'),
  missing('cidfile', 'string', 'id files'),
  missing('pid', 'string', 'sharing namespaces'),
  missing('ipc', 'string', 'sharing namespaces'),
  missing('shm-size', 'string', 'shared memory'),
]

export const runFlags: readonly Flag[] = [
  ...createFlags,
  flag('detach', 'bool', 'd'),
  flag('sig-proxy', 'bool'),
  flag('attach', 'list', 'a'),
]

const readMounts = (parsed: Parsed, cwd: string): Reply<readonly MountRequest[]> => {
  const mounts: MountRequest[] = []
  for (const text of flagList(parsed, 'volume')) {
    const mount = parseVolumeFlag(text, cwd)
    if (!mount.ok) return mount
    mounts.push(mount.value)
  }
  for (const text of flagList(parsed, 'mount')) {
    const mount = parseMountFlag(text, cwd)
    if (!mount.ok) return mount
    mounts.push(mount.value)
  }
  // A map to the engine: of two for one path, the later.
  const tmpfs = new Map<string, MountRequest>()
  for (const text of flagList(parsed, 'tmpfs')) {
    const mount = parseTmpfsFlag(text)
    if (!mount.ok) return mount
    tmpfs.set(mount.value.target, mount.value)
  }
  return good([...mounts, ...tmpfs.values()])
}

/** `NAME` alone takes the value of the client's environment, or is left out. */
const envEntries = (client: Client, entries: readonly string[]): readonly string[] =>
  entries.flatMap((entry) => {
    if (entry.includes('=')) return [entry]
    const value = client.env.get(entry)
    return value === undefined ? [] : [`${entry}=${value}`]
  })

const readEnvFiles = (client: Client, paths: readonly string[]): Reply<readonly string[]> => {
  const entries: string[] = []
  for (const path of paths) {
    const content = readHostFile(client.sys, path)
    if (content === null) return bad(`open ${path}: no such file or directory`)
    const lines = toText(content).split('\n')
    entries.push(
      ...lines
        .map((line) => line.trimStart())
        .filter((line) => line !== '' && !line.startsWith('#')),
    )
  }
  return good(entries)
}

export const labelsOf = (texts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf('=')
      return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)]
    }),
  )

/**
 * Where a run went wrong: in what was written (`flags`) or named (`client`), before the daemon was
 * asked; for want of the image, or when it was to be pulled anew; or in the daemon.
 */
export type CreateProblem = {
  readonly ok: false
  readonly by: 'flags' | 'client' | 'daemon' | 'missing' | 'pull'
  readonly error: string
}

const problem = (by: CreateProblem['by'], error: string): CreateProblem => ({
  ok: false,
  by,
  error,
})

const pullOptions = ['', 'always', 'missing', 'never']

/** What the client finds wrong with the options that it looks at itself, or null. */
const clientProblem = (client: Client, parsed: Parsed): string | null => {
  const pull = flagText(parsed, 'pull') ?? ''
  if (!pullOptions.includes(pull)) {
    return `invalid pull option: '${pull}': must be one of "always", "missing" or "never"`
  }
  for (const text of flagList(parsed, 'volume')) {
    const wrong = clientVolumeError(text)
    if (wrong !== null) return wrong
  }
  const fileEnv = readEnvFiles(client, flagList(parsed, 'env-file'))
  if (!fileEnv.ok) return fileEnv.error
  const restart = parseRestartPolicy(flagText(parsed, 'restart') ?? 'no')
  if (typeof restart === 'string') return restart
  return flagOn(parsed, 'rm') && !isNoRestart(restart)
    ? 'conflicting options: cannot specify both --restart and --rm'
    : null
}

/** What the daemon finds wrong before it looks for the image, in its order; or null. */
const settingsProblem = (parsed: Parsed, cwd: string): string | null => {
  const workingDir = flagText(parsed, 'workdir') ?? '/'
  if (!workingDir.startsWith('/')) {
    return `the working directory '${workingDir}' is invalid, it needs to be an absolute path`
  }
  const wrongSignal = signalProblem(flagText(parsed, 'stop-signal') ?? 'TERM')
  if (wrongSignal !== null) return wrongSignal
  for (const text of flagList(parsed, 'mount')) {
    const mount = parseMountFlag(text, cwd)
    if (!mount.ok) return mount.error
  }
  const restart = parseRestartPolicy(flagText(parsed, 'restart') ?? 'no')
  return typeof restart === 'string' ? null : restartPolicyError(restart)
}

const networks = new Set(['none', 'bridge', 'host', 'default'])

/** What the words of `run` or `create` ask for. */
export const readCreateOptions = (
  client: Client,
  parsed: Parsed,
): { readonly ok: true; readonly value: CreateOptions } | CreateProblem => {
  const wrong = clientProblem(client, parsed)
  if (wrong !== null) return problem('flags', wrong)
  const fileEnv = readEnvFiles(client, flagList(parsed, 'env-file'))
  if (!fileEnv.ok) return problem('flags', fileEnv.error)
  const [imageText = '', ...command] = parsed.words
  const reference = parseReference(imageText)
  const image = findImage(client.engine, imageText)
  if (image === null && !reference.ok) return problem('client', reference.error)
  const network = flagText(parsed, 'network') ?? flagText(parsed, 'net') ?? 'bridge'
  const isOwn = client.engine.state.networks.some(({ name }) => name === network)
  const pull = flagText(parsed, 'pull') ?? ''
  if (pull === 'always') return problem('pull', imageText)
  const unfit = settingsProblem(parsed, client.cwd)
  if (unfit !== null) return problem('daemon', unfit)
  if (image === null && pull === 'never') {
    return problem('daemon', `No such image: ${missingImageName(imageText)}`)
  }
  if (image === null) return problem('missing', imageText)
  if (flagList(parsed, 'storage-opt').length > 0) {
    return problem(
      'daemon',
      "--storage-opt is supported only for overlay over xfs with 'pquota' mount option",
    )
  }
  const mounts = readMounts(parsed, client.cwd)
  if (!mounts.ok) return problem('daemon', mounts.error)
  if (!networks.has(network) && !isOwn) return problem('daemon', `network ${network} not found`)
  const entrypoint = flagText(parsed, 'entrypoint')
  const timeout = flagText(parsed, 'stop-timeout')
  return {
    ok: true,
    value: {
      ...plainCreateOptions,
      name: flagText(parsed, 'name') ?? null,
      image,
      imageText,
      command,
      entrypoint: entrypoint === undefined ? null : entrypoint === '' ? [] : [entrypoint],
      env: [...fileEnv.value, ...envEntries(client, flagList(parsed, 'env'))],
      user: flagText(parsed, 'user') ?? null,
      workingDir: flagText(parsed, 'workdir') ?? null,
      hostname: flagText(parsed, 'hostname') ?? null,
      labels: labelsOf(flagList(parsed, 'label')),
      mounts: mounts.value,
      volumesFrom: flagList(parsed, 'volumes-from'),
      readOnly: flagOn(parsed, 'read-only'),
      autoRemove: flagOn(parsed, 'rm'),
      tty: flagOn(parsed, 'tty'),
      openStdin: flagOn(parsed, 'interactive'),
      stopSignal: flagText(parsed, 'stop-signal') ?? null,
      stopTimeout: timeout === undefined ? null : Number(timeout),
      network,
      restart: flagText(parsed, 'restart') ?? 'no',
      ports: flagList(parsed, 'publish')
        .map(parsePort)
        .filter((port) => typeof port !== 'string'),
    },
  }
}
