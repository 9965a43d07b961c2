import type { LayerId } from '../../event.ts'
import { type LayerStack, stackLayers } from '../../overlay/layerStack.ts'
import { runProcess } from '../../shell/runProcess.ts'
import { type Content, contentOf, emptyContent, toText } from '../../tree/content.ts'
import { copySubtree } from '../../vfs/copySubtree.ts'
import type { Mount, Syscalls } from '../../vfs/syscalls.ts'
import { unpackTar } from '../archive.ts'
import { mergeEnv } from '../createContainer.ts'
import type { Engine } from '../engine.ts'
import { makeDirectories, readHostFile, writeHostFile } from '../hostFiles.ts'
import { hexId } from '../ids.ts'
import { findImage, putImage, setTag } from '../imageStore.ts'
import { regularFileBytes } from '../layerBytes.ts'
import { storeLayer, withInitLayer } from '../layerStore.ts'
import { startFailureText } from '../lifeCycle.ts'
import { absolutePath, cleanPath } from '../mountSpec.ts'
import { fillDev } from '../procFiles.ts'
import { familiar, parseReference } from '../reference.ts'
import { bad, good, type Reply } from '../reply.ts'
import { rules } from '../rules.ts'
import {
  type CacheRecord,
  emptyConfig,
  type HistoryEntry,
  type Image,
  type ImageConfig,
} from '../state.ts'
import { readTar } from '../tarStream.ts'
import { parseUser } from '../users.ts'
import { type BuildContext, globPattern, treeKey } from './buildSource.ts'
import {
  execForm,
  type Instruction,
  parseDockerfile,
  parsePairs,
  splitWords,
  substitute,
} from './dockerfile.ts'

export interface BuildRequest {
  readonly dockerfile: string
  readonly dockerfileName: string
  readonly context: BuildContext
  readonly tags: readonly string[]
  readonly args: ReadonlyMap<string, string>
  readonly noCache: boolean
  readonly target: string | null
  readonly labels: Readonly<Record<string, string>>
}

export interface BuiltImage {
  readonly image: Image
  /** What BuildKit prints while it works. */
  readonly progress: string
}

/** An image in the making: the state after some instructions of one stage. */
interface Draft {
  readonly config: ImageConfig
  readonly layers: readonly LayerId[]
  readonly stack: LayerStack | null
  readonly history: readonly HistoryEntry[]
  readonly args: ReadonlyMap<string, string>
  /** This stage has a CMD line of its own: a later ENTRYPOINT leaves it. */
  readonly hasOwnCmd: boolean
  readonly createdMs: number
  /** Identity for the cache: everything that has happened so far. */
  readonly key: string
}

const comment = 'buildkit.dockerfile.v0'

interface Run {
  readonly engine: Engine
  readonly request: BuildRequest
  readonly progress: string[]
  readonly stages: Map<string, Draft>
  step: number
  contextBytes: number
  usedContext: boolean
}

const quoteList = (words: readonly string[]): string =>
  `[${words.map((word) => JSON.stringify(word)).join(' ')}]`

/** Values that `$NAME` stands for: ENV first, then ARG. */
const valuesOf = (draft: Draft): ReadonlyMap<string, string> => {
  const values = new Map(draft.args)
  for (const entry of draft.config.env) {
    const equals = entry.indexOf('=')
    values.set(entry.slice(0, equals), entry.slice(equals + 1))
  }
  return values
}

const addRecord = (run: Run, record: Omit<CacheRecord, 'id' | 'createdMs'>): void => {
  const { engine } = run
  const id = engine.newCacheId()
  const made = { ...record, id, createdMs: engine.nowMs }
  engine.update({ cache: [...engine.state.cache, made] })
}

/** A line that changes the config only. */
const metadata = (draft: Draft, createdBy: string, config: Partial<ImageConfig>): Draft => ({
  ...draft,
  config: { ...draft.config, ...config },
  history: [...draft.history, { createdMs: draft.createdMs, createdBy, comment, layer: null }],
  key: hexId(`${draft.key}\n${createdBy}`),
})

/**
 * A line that makes a layer: taken from the cache when the same line has run on the same layers, else
 * `work` runs over an overlay whose upper becomes the layer.
 */
const layered = (
  run: Run,
  draft: Draft,
  createdBy: string,
  inputs: string,
  work: (fs: string) => Reply<void>,
): Reply<Draft> => {
  const { engine, request } = run
  run.step += 1
  const key = hexId(`${draft.key}\n${createdBy}\n${inputs}`)
  const cached = request.noCache
    ? undefined
    : engine.state.cache.find((record) => record.kind === 'layer' && record.key === key)
  const known = cached?.layer ? engine.state.layers.get(cached.layer) : undefined
  let stored = known
  let createdMs = cached?.createdMs ?? engine.nowMs
  if (stored === undefined) {
    const fs = `build:${engine.newLink()}`
    engine.kernel.createOverlay(fs, draft.stack)
    const worked = engine.quietly(() => work(fs))
    if (!worked.ok) {
      engine.kernel.discard(fs)
      return worked
    }
    const layer = engine.kernel.upperAsLayer(fs, `sha256:${engine.newId()}`)
    engine.kernel.discard(fs)
    const put = storeLayer(engine, draft.layers, layer, regularFileBytes(layer.root))
    if (!put.ok) return put
    stored = put.value
    engine.kernel.spend(1)
    createdMs = engine.nowMs
    const bytes = stored.bytes
    addRecord(run, { kind: 'layer', key, bytes, layer: stored.id, description: createdBy })
    engine.emit({
      type: 'image-layer-built',
      rule: rules.layerBuilt,
      layer: stored.id,
      image: request.tags[0] ?? '',
      createdBy,
      bytes,
    })
  } else run.progress.push('CACHED')
  return good({
    ...draft,
    layers: [...draft.layers, stored.id],
    stack: stackLayers(draft.stack, stored.layer),
    history: [...draft.history, { createdMs, createdBy, comment, layer: stored.id }],
    createdMs,
    key,
  })
}

const nullMounts = (engine: Engine, fs: string): { mounts: Mount[]; drop: () => void } => {
  const proc = `proc:${fs}`
  const dev = `dev:${fs}`
  for (const id of [proc, dev]) engine.kernel.createTree(id, { type: 'tmpfs' })
  fillDev(engine, dev)
  const sys = engine.callsOn(proc)
  writeHostFile(sys, '/mounts', 'overlay / overlay rw,relatime 0 0\n', 0o444)
  const mounts: Mount[] = [{ at: '/', fs, root: 1, readOnly: false }]
  const here = engine.callsOn(fs)
  for (const [at, id] of [
    ['/proc', proc],
    ['/dev', dev],
  ] as const) {
    if (here.stat(at).ok) mounts.push({ at, fs: id, root: 1, readOnly: at === '/proc' })
  }
  return {
    mounts,
    drop: () => {
      for (const id of [proc, dev]) engine.kernel.discard(id)
    },
  }
}

/** /dev and /proc stand in the way of a build only where the image lacks them: made, then removed. */
const withStubs = <T>(sys: Syscalls, work: () => T): T => {
  const made = ['/proc', '/dev'].filter((path) => sys.mkdir(path, 0o755).ok)
  const result = work()
  for (const path of made) sys.rmdir(path)
  return result
}

const runInstruction = (run: Run, draft: Draft, instruction: Instruction): Reply<Draft> => {
  const { engine } = run
  const exec = execForm(instruction.text)
  const script = instruction.heredocs[0]?.text
  const shown = instruction.text.replace(/\s*<<-?["']?\w+["']?\s*$/, '')
  const command =
    script === undefined ? instruction.text : shown === '' ? script : `${shown} <<EOF\n${script}EOF`
  const argv = exec ?? [...draft.config.shell, command]
  const createdBy = `RUN ${exec === null ? [...draft.config.shell, instruction.text].join(' ') : exec.join(' ')} # buildkit`
  const buildArgs = [...draft.args].filter(([name]) => !name.startsWith('__'))
  const env = new Map([...buildArgs, ...valuesOf(draft)])
  return layered(
    run,
    draft,
    createdBy,
    `${command} ${JSON.stringify([...env])} ${draft.config.user} ${draft.config.workingDir}`,
    (fs) =>
      withStubs(engine.callsOn(fs), () => {
        const { mounts, drop } = nullMounts(engine, fs)
        const user = parseUser(engine.callsOn(fs), draft.config.user)
        if (!user.ok) {
          drop()
          return bad(
            `failed to solve: process "${argv.join(' ')}" did not complete successfully: ${user.error}`,
          )
        }
        if (!env.has('HOME')) env.set('HOME', user.value.home)
        const outcome = runProcess({
          kernel: engine.kernel,
          namespace: mounts,
          argv,
          env,
          cwd: draft.config.workingDir || '/',
          uid: user.value.uid,
          gid: user.value.gid,
          stdin: emptyContent,
          isMain: false,
          traceLookups: false,
          flavour: 'busybox',
          hostName: 'buildkitsandbox',
          report: () => undefined,
        })
        if (outcome.started) engine.processSteps += outcome.steps
        drop()
        const name = `process ${JSON.stringify(argv.join(' '))} did not complete successfully`
        if (!outcome.started) {
          return bad(located(run, instruction, `${name}: ${startFailureText(outcome.failure)}`))
        }
        const { stdout, stderr, ending } = outcome
        const said = toText(stdout) + toText(stderr)
        if (said !== '') run.progress.push(said.replace(/\n$/, ''))
        if (ending.kind === 'exited' && ending.code === 0) return good(undefined)
        const code = ending.kind === 'exited' ? ending.code : 137
        return bad(located(run, instruction, `${name}: exit code: ${code}`, said))
      }),
  )
}

/** BuildKit's error with the lines of the Dockerfile around the instruction at fault. */
const located = (run: Run, instruction: Instruction, reason: string, said = ''): string => {
  const lines = run.request.dockerfile.replace(/\n$/, '').split('\n')
  const from = Math.max(1, instruction.line - 2)
  const to = Math.min(lines.length, instruction.lastLine + 2)
  const shown: string[] = []
  for (let n = from; n <= to; n += 1) {
    const mark = n >= instruction.line && n <= instruction.lastLine ? '>>>' : '   '
    shown.push(`${String(n).padStart(4)} | ${mark} ${lines[n - 1] ?? ''}`)
  }
  const output = said === '' ? '' : `${said.replace(/\n?$/, '\n')}`
  return `${output}${run.request.dockerfileName}:${instruction.line}\n--------------------\n${shown.join('\n')}\n--------------------\nERROR: failed to build: failed to solve: ${reason}`
}

interface CopySource {
  readonly sys: Syscalls
  readonly root: string
  readonly ignored: (path: string) => boolean
}

const join = (root: string, path: string): string => cleanPath(`${root}/${path}`)

/** Paths in the source that a COPY word names, globs resolved one level at a time. */
const matchSource = (source: CopySource, word: string): readonly string[] => {
  const clean = cleanPath(`/${word}`)
  if (!/[*?[]/.test(clean)) {
    const path = join(source.root, clean)
    return source.sys.lstat(path).ok && !source.ignored(path) ? [path] : []
  }
  let found = [source.root]
  for (const part of clean.split('/').filter((name) => name !== '')) {
    const pattern = globPattern(part)
    found = found.flatMap((directory) => {
      const entries = source.sys.readdir(directory)
      return (entries.ok ? entries.value : [])
        .filter(({ name }) => pattern.test(name))
        .map(({ name }) => join(directory, name))
        .filter((path) => !source.ignored(path))
    })
  }
  return found
}

const setOwner = (
  sys: Syscalls,
  path: string,
  uid: number,
  gid: number,
  mode: number | null,
): void => {
  sys.lchown(path, uid, gid)
  const stat = sys.lstat(path)
  if (!stat.ok) return
  if (mode !== null && stat.value.kind !== 'symlink') sys.chmod(path, mode)
  if (stat.value.kind !== 'dir') return
  const entries = sys.readdir(path)
  for (const { name } of entries.ok ? entries.value : [])
    setOwner(sys, join(path, name), uid, gid, mode)
}

/** Copies what .dockerignore leaves; a directory's content, not the directory itself. */
const copyInto = (source: CopySource, from: string, to: Syscalls, target: string): Reply<void> => {
  const stat = source.sys.stat(from)
  if (!stat.ok) return bad(`"${from}": not found`)
  if (stat.value.kind !== 'dir') {
    const copied = copySubtree(source.sys, from, to, target)
    return copied.ok ? good(undefined) : bad(`failed to copy ${from}: ${copied.errno}`)
  }
  makeDirectories(to, target)
  const entries = source.sys.readdir(from)
  for (const { name } of entries.ok ? entries.value : []) {
    const child = join(from, name)
    if (source.ignored(child)) continue
    const childStat = source.sys.lstat(child)
    if (childStat.ok && childStat.value.kind === 'dir') {
      const inner = copyInto(source, child, to, join(target, name))
      if (!inner.ok) return inner
      to.chmod(join(target, name), childStat.value.mode)
    } else {
      const existing = to.lstat(join(target, name))
      if (existing.ok && existing.value.kind !== 'dir') to.unlink(join(target, name))
      const copied = copySubtree(source.sys, child, to, join(target, name))
      if (!copied.ok) return bad(`failed to copy ${child}: ${copied.errno}`)
    }
  }
  return good(undefined)
}

const copyInstruction = (run: Run, draft: Draft, instruction: Instruction): Reply<Draft> => {
  const { engine, request } = run
  const text = substitute(instruction.text, valuesOf(draft))
  const words = execForm(text) ?? splitWords(text.replace(/<<-?["']?(\w+)["']?/g, '<<$1'))
  const target = words.at(-1) ?? ''
  const names = words.slice(0, -1)
  if (names.length === 0) {
    return bad(
      located(
        run,
        instruction,
        `${instruction.name} requires at least two arguments, but only one was provided. Destination could not be determined`,
      ),
    )
  }
  if (names.some((name) => /^(https?|git):/.test(name))) {
    return bad(
      located(
        run,
        instruction,
        `not simulated in Driftwood: ${instruction.name} from a network address`,
      ),
    )
  }
  const from = instruction.options.get('from')
  const stage = from === undefined ? null : sourceStage(run, from)
  if (stage !== null && !stage.ok) return bad(located(run, instruction, stage.error))
  const temporary = `copy:${engine.newLink()}`
  if (stage !== null) engine.kernel.createOverlay(temporary, stage.value)
  const source: CopySource =
    stage === null
      ? request.context
      : { sys: engine.callsOn(temporary), root: '/', ignored: () => false }
  const finish = <T>(result: T): T => {
    if (stage !== null) engine.kernel.discard(temporary)
    return result
  }
  const documents = new Map(instruction.heredocs.map(({ name, text: body }) => [`<<${name}`, body]))
  const keys: string[] = []
  const matches: { readonly path: string; readonly text: string | null }[] = []
  for (const name of names) {
    const document = documents.get(name)
    if (document !== undefined) {
      matches.push({ path: name.slice(2), text: document })
      keys.push(hexId(document))
      continue
    }
    const paths = matchSource(source, name)
    if (paths.length === 0) {
      const shown = cleanPath(`/${name}`)
      return finish(
        bad(
          located(
            run,
            instruction,
            `failed to compute cache key: failed to calculate checksum of ref ${engine.newCacheId()}::${engine.newCacheId()}: ${JSON.stringify(shown)}: not found`,
          ),
        ),
      )
    }
    for (const path of paths) {
      const tree = treeKey(source.sys, path, source.ignored)
      keys.push(`${path} ${tree?.key ?? ''}`)
      if (stage === null) {
        run.usedContext = true
        run.contextBytes += tree?.bytes ?? 0
      }
      matches.push({ path, text: null })
    }
  }
  const shownOptions = [...instruction.options].map(([key, value]) => `--${key}=${value} `).join('')
  const createdBy = `${instruction.name} ${shownOptions}${names.join(' ')} ${target} # buildkit`
  const made = layered(
    run,
    draft,
    createdBy,
    `${keys.join('\n')} ${draft.config.workingDir}`,
    (fs) => {
      const to = engine.callsOn(fs)
      const base = absolutePath(target, draft.config.workingDir || '/')
      const existing = to.stat(base)
      const intoDirectory =
        target.endsWith('/') ||
        target === '.' ||
        matches.length > 1 ||
        (existing.ok && existing.value.kind === 'dir')
      const owner = instruction.options.get('chown')
      const user = owner === undefined ? null : parseUser(to, owner)
      if (user !== null && !user.ok) return bad(located(run, instruction, user.error))
      const mode = instruction.options.get('chmod')
      for (const { path, text: document } of matches) {
        const stat = document === null ? source.sys.stat(path) : null
        const isDirectory = stat?.ok === true && stat.value.kind === 'dir'
        const archive =
          instruction.name === 'ADD' && document === null && !isDirectory
            ? readTar(readHostFile(source.sys, path) ?? emptyContent)
            : null
        if (archive !== null) {
          makeDirectories(to, base)
          const owned =
            user === null ? archive : archive.map((entry) => ({ ...entry, ...ownerOf(user.value) }))
          const unpacked = unpackTar(to, base, owned)
          if (!unpacked.ok) return bad(located(run, instruction, unpacked.error))
          continue
        }
        const name = path.split('/').at(-1) ?? ''
        const place = isDirectory || !intoDirectory ? base : join(base, name)
        makeDirectories(to, place.slice(0, Math.max(1, place.lastIndexOf('/'))))
        if (document !== null) writeHostFile(to, place, document)
        else {
          const old = to.lstat(place)
          if (old.ok && old.value.kind !== 'dir' && !isDirectory) to.unlink(place)
          const copied = copyInto(source, path, to, place)
          if (!copied.ok) return bad(located(run, instruction, copied.error))
        }
        if (!isDirectory)
          setOwner(
            to,
            place,
            user?.value.uid ?? 0,
            user?.value.gid ?? 0,
            mode === undefined ? null : Number.parseInt(mode, 8),
          )
        else ownCopied(source, path, to, place, user?.value ?? { uid: 0, gid: 0 }, mode)
      }
      return good(undefined)
    },
  )
  return finish(made)
}

const ownerOf = ({ uid, gid }: { readonly uid: number; readonly gid: number }) => ({ uid, gid })

/** Owner and mode of what was copied out of a directory, and of nothing else in the target. */
const ownCopied = (
  source: CopySource,
  from: string,
  to: Syscalls,
  target: string,
  owner: { readonly uid: number; readonly gid: number },
  mode: string | undefined,
): void => {
  const entries = source.sys.readdir(from)
  for (const { name } of entries.ok ? entries.value : []) {
    const bits = mode === undefined ? null : Number.parseInt(mode, 8)
    if (!source.ignored(join(from, name)))
      setOwner(to, join(target, name), owner.uid, owner.gid, bits)
  }
}

const sourceStage = (run: Run, name: string): Reply<LayerStack | null> => {
  const stage = run.stages.get(name.toLowerCase())
  if (stage !== undefined) return good(stage.stack)
  const image = findImage(run.engine, name)
  if (image !== null) return good(image.stack)
  return bad(
    `${name}: failed to resolve source metadata for docker.io/library/${name}:latest: not found`,
  )
}

const workdirInstruction = (run: Run, draft: Draft, text: string): Reply<Draft> => {
  const path = absolutePath(substitute(text, valuesOf(draft)), draft.config.workingDir || '/')
  const made = layered(run, draft, `WORKDIR ${path}`, '', (fs) => {
    makeDirectories(run.engine.callsOn(fs), path)
    return good(undefined)
  })
  if (!made.ok) return made
  return good({ ...made.value, config: { ...made.value.config, workingDir: path } })
}

const shellOrExec = (draft: Draft, text: string): readonly string[] =>
  execForm(text) ?? [...draft.config.shell, text]

const fromInstruction = (
  run: Run,
  instruction: Instruction,
  args: ReadonlyMap<string, string>,
): Reply<Draft> => {
  const { engine } = run
  const [imageText = '', as = '', alias = ''] = splitWords(substitute(instruction.text, args))
  const stage = run.stages.get(imageText.toLowerCase())
  const name = as.toLowerCase() === 'as' ? alias.toLowerCase() : ''
  let draft: Draft
  if (stage !== undefined) draft = { ...stage, args: new Map(), hasOwnCmd: false }
  else if (imageText === 'scratch') {
    draft = {
      config: emptyConfig,
      layers: [],
      stack: null,
      history: [],
      args: new Map(),
      hasOwnCmd: false,
      createdMs: engine.nowMs,
      key: 'scratch',
    }
  } else {
    const image = findImage(engine, imageText)
    if (image === null) {
      const reference = parseReference(imageText)
      const shown = reference.ok ? familiar(reference.value) : imageText
      const full = shown.includes('/') ? `docker.io/${shown}` : `docker.io/library/${shown}`
      return bad(
        located(
          run,
          instruction,
          `${imageText}: failed to resolve source metadata for ${full}: not simulated in Driftwood: pulling images`,
        ),
      )
    }
    for (const id of image.layers) {
      const recorded = engine.state.cache.some(({ layer }) => layer === id)
      if (!recorded)
        addRecord(run, {
          kind: 'base',
          key: id,
          bytes: 0,
          layer: id,
          description: `pulled from ${imageText}`,
        })
    }
    draft = {
      config: image.config,
      layers: image.layers,
      stack: image.stack,
      history: image.history,
      args: new Map(),
      hasOwnCmd: false,
      createdMs: image.createdMs,
      key: hexId(`${image.layers.join(' ')} ${JSON.stringify(image.config)}`),
    }
  }
  run.stages.set(String(countStages(run)), draft)
  if (name !== '') run.stages.set(name, draft)
  return good(draft)
}

const countStages = (run: Run): number =>
  [...run.stages.keys()].filter((key) => /^\d+$/.test(key)).length

const argInstruction = (run: Run, draft: Draft, text: string): Draft => {
  const equals = text.indexOf('=')
  const name = equals < 0 ? text : text.slice(0, equals)
  const written = equals < 0 ? '' : (splitWords(text.slice(equals + 1))[0] ?? '')
  const value = run.request.args.get(name) ?? substitute(written, valuesOf(draft))
  const shown = equals < 0 && !run.request.args.has(name) ? name : `${name}=${value}`
  const made = metadata(draft, `ARG ${shown}`, {})
  return { ...made, args: new Map(draft.args).set(name, value) }
}

const envInstruction = (draft: Draft, text: string): Draft => {
  const values = valuesOf(draft)
  const pairs = parsePairs(text).map(([name, value]) => `${name}=${substitute(value, values)}`)
  return metadata(draft, `ENV ${pairs.join(' ')}`, { env: mergeEnv(draft.config.env, pairs) })
}

/** Options of Dockerfile lines that are simulated, and those that BuildKit knows besides. */
const lineOptions: Readonly<Record<string, { readonly known: string; readonly more: string }>> = {
  RUN: { known: '', more: 'mount network security device' },
  COPY: { known: 'from chown chmod link', more: 'parents exclude' },
  ADD: { known: 'chown chmod link', more: 'keep-git-dir checksum unpack exclude' },
  FROM: { known: 'platform', more: '' },
}

const optionProblem = (instruction: Instruction): string | null => {
  const { known, more } = lineOptions[instruction.name] ?? { known: '', more: '' }
  for (const name of instruction.options.keys()) {
    if (known.split(' ').includes(name)) continue
    return more.split(' ').includes(name)
      ? `not simulated in Driftwood: ${instruction.name} --${name}`
      : `dockerfile parse error on line ${instruction.line}: unknown flag: --${name}`
  }
  return null
}

const applyInstruction = (run: Run, draft: Draft, instruction: Instruction): Reply<Draft> => {
  const wrong = optionProblem(instruction)
  if (wrong !== null) return bad(located(run, instruction, wrong))
  const { name, text } = instruction
  const substituted = (): string => substitute(text, valuesOf(draft))
  switch (name) {
    case 'RUN':
      return runInstruction(run, draft, instruction)
    case 'COPY':
    case 'ADD':
      return copyInstruction(run, draft, instruction)
    case 'WORKDIR':
      return workdirInstruction(run, draft, text)
    case 'ENV':
      return good(envInstruction(draft, text))
    case 'ARG':
      return good(argInstruction(run, draft, text))
    case 'USER':
      return good(metadata(draft, `USER ${substituted()}`, { user: substituted() }))
    case 'VOLUME': {
      const paths = execForm(substituted()) ?? splitWords(substituted())
      const volumes = [...new Set([...draft.config.volumes, ...paths])]
      return good(metadata(draft, `VOLUME [${paths.join(' ')}]`, { volumes }))
    }
    case 'CMD':
      return good({
        ...metadata(draft, `CMD ${quoteList(shellOrExec(draft, text))}`, {
          cmd: shellOrExec(draft, text),
        }),
        hasOwnCmd: true,
      })
    case 'ENTRYPOINT':
      return good(
        metadata(draft, `ENTRYPOINT ${quoteList(shellOrExec(draft, text))}`, {
          entrypoint: shellOrExec(draft, text),
          ...(draft.hasOwnCmd ? {} : { cmd: null }),
        }),
      )
    case 'LABEL': {
      const pairs = parsePairs(substituted())
      const labels = { ...draft.config.labels, ...Object.fromEntries(pairs) }
      return good(
        metadata(draft, `LABEL ${pairs.map(([k, v]) => `${k}=${v}`).join(' ')}`, { labels }),
      )
    }
    case 'EXPOSE': {
      const ports = splitWords(substituted()).map((port) =>
        port.includes('/') ? port : `${port}/tcp`,
      )
      const exposedPorts = [...new Set([...draft.config.exposedPorts, ...ports])]
      return good(metadata(draft, `EXPOSE [${ports.join(' ')}]`, { exposedPorts }))
    }
    case 'STOPSIGNAL':
      return good(metadata(draft, `STOPSIGNAL ${substituted()}`, { stopSignal: substituted() }))
    case 'SHELL':
      return good(
        metadata(draft, `SHELL ${quoteList(execForm(text) ?? [])}`, {
          shell: execForm(text) ?? draft.config.shell,
        }),
      )
    default:
      return bad(located(run, instruction, `not simulated in Driftwood: ${name} in a Dockerfile`))
  }
}

const finishImage = (run: Run, draft: Draft): Image => {
  const { engine } = run
  const identity = JSON.stringify([draft.config, draft.layers, draft.history])
  const id = `sha256:${hexId(identity)}`
  const known = engine.imageById(id)
  if (known !== null) return known
  return {
    id,
    config: { ...draft.config, labels: { ...draft.config.labels, ...run.request.labels } },
    layers: draft.layers,
    stack: draft.stack,
    runStack: withInitLayer(engine, draft.stack),
    history: draft.history,
    createdMs: draft.createdMs,
    comment,
    author: '',
    provenance: 'dockerfile',
    parent: '',
  }
}

const recordSources = (run: Run): void => {
  const bytes = contentOf(run.request.dockerfile).size
  addRecord(run, {
    kind: 'local',
    key: '',
    bytes,
    layer: null,
    description: 'local source for dockerfile',
  })
  addRecord(run, {
    kind: 'local',
    key: '',
    bytes: 0,
    layer: null,
    description: 'local source for context',
  })
}

/** Builds an image as BuildKit does, line by line, with its cache. */
export const buildImageFrom = (engine: Engine, request: BuildRequest): Reply<BuiltImage> => {
  for (const tag of request.tags) {
    const reference = parseReference(tag)
    if (!reference.ok)
      return bad(`ERROR: failed to build: invalid tag ${JSON.stringify(tag)}: ${reference.error}`)
  }
  const parsed = parseDockerfile(request.dockerfile)
  if (!parsed.ok) return bad(`ERROR: failed to build: failed to solve: ${parsed.error}`)
  const run: Run = {
    engine,
    request,
    progress: [],
    stages: new Map(),
    step: 0,
    contextBytes: 0,
    usedContext: false,
  }
  engine.kernel.spend(10)
  recordSources(run)
  const built = runStages(run, parsed.value)
  if (run.usedContext) {
    addRecord(run, {
      kind: 'local',
      key: '',
      bytes: run.contextBytes,
      layer: null,
      description: 'local source for context',
    })
  }
  if (!built.ok) return built
  const image = finishImage(run, built.value)
  putImage(engine, image)
  for (const tag of request.tags) setTag(engine, tag, image.id)
  return good({ image, progress: run.progress.join('\n') })
}

const runStages = (run: Run, instructions: readonly Instruction[]): Reply<Draft> => {
  let draft: Draft | null = null
  let stageName = ''
  let index = -1
  const globalArgs = new Map<string, string>()
  for (const instruction of instructions) {
    if (instruction.name === 'FROM') {
      if (draft !== null && isTarget(run, stageName, index)) return good(draft)
      const started = fromInstruction(run, instruction, globalArgs)
      if (!started.ok) return started
      index += 1
      draft = started.value
      const words = splitWords(instruction.text)
      stageName = words[1]?.toLowerCase() === 'as' ? (words[2] ?? '').toLowerCase() : ''
      run.progress.push(`FROM ${words[0] ?? ''}`)
      continue
    }
    if (draft === null) {
      if (instruction.name !== 'ARG') {
        return bad(located(run, instruction, 'no build stage in current context'))
      }
      const [name = '', value = ''] = instruction.text.split('=', 2)
      globalArgs.set(name, run.request.args.get(name) ?? value)
      continue
    }
    run.progress.push(`${instruction.name} ${instruction.text}`)
    if (instruction.name === 'ARG' && !instruction.text.includes('=')) {
      const value = run.request.args.get(instruction.text) ?? globalArgs.get(instruction.text)
      if (value !== undefined) {
        draft = { ...draft, args: new Map(draft.args).set(instruction.text, value) }
        continue
      }
    }
    const applied: Reply<Draft> = applyInstruction(run, draft, instruction)
    if (!applied.ok) return applied
    draft = applied.value
    run.stages.set(String(index), draft)
    if (stageName !== '') run.stages.set(stageName, draft)
  }
  if (draft === null)
    return bad('ERROR: failed to build: failed to solve: dockerfile has no stages')
  if (run.request.target !== null && !isTarget(run, stageName, index)) {
    return bad(
      `ERROR: failed to build: failed to solve: target stage ${JSON.stringify(run.request.target)} could not be found`,
    )
  }
  return good(draft)
}

const isTarget = (run: Run, name: string, index: number): boolean =>
  run.request.target !== null &&
  (run.request.target.toLowerCase() === name || run.request.target === String(index))

/** The Dockerfile of a folder; null when there is none. */
export const readDockerfile = (sys: Syscalls, path: string): string | null => {
  const content: Content | null = readHostFile(sys, path)
  return content === null ? null : toText(content)
}
