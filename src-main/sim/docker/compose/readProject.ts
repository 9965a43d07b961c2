import { LineCounter, parseDocument } from 'yaml'
import { dependencyProblem } from './dependencies.ts'
import { FileReader, isList, isMap, type Raw, type RawMap } from './fileReader.ts'
import { interpolate } from './interpolate.ts'
import type { ComposeNetwork, ComposeProject, ComposeService, ComposeVolume } from './project.ts'
import { readService, type ServiceSources } from './readService.ts'

/** What a compose file is read with. */
export interface ProjectRequest {
  readonly text: string
  /** Absolute path of the file. */
  readonly file: string
  readonly directory: string
  /** From -p or COMPOSE_PROJECT_NAME; null: the file's `name:` or its directory. */
  readonly name: string | null
  readonly profiles: ReadonlySet<string>
  readonly variables: ReadonlyMap<string, string>
  readonly envFile: ServiceSources['envFile']
  /** Services named on the command line: their profiles count as given. */
  readonly wanted: readonly string[]
}

export type ProjectResult =
  | { readonly ok: true; readonly project: ComposeProject; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly error: string; readonly warnings: readonly string[] }

/** A directory's name as a project name: lower case, letters, digits, `-` and `_`. */
export const projectNameOf = (directory: string): string =>
  (directory.split('/').at(-1) ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '')

/** What is wrong with a project name that was given, or null. */
export const projectNameError = (name: string): string | null =>
  /^[a-z0-9][a-z0-9_-]*$/.test(name)
    ? null
    : `invalid project name ${JSON.stringify(name)}: must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number`

const topLevel = new Set(['version', 'name', 'services', 'volumes', 'networks'])
const topLevelMissing = new Set(['configs', 'secrets', 'include', 'models'])

type Parsed =
  | { readonly ok: true; readonly value: Raw }
  | { readonly ok: false; readonly error: string }

/** Files that are kept parsed: one command reads the same file several times. */
const mostParsed = 16

const parsedFiles = new Map<string, Parsed>()

const parseYaml = (text: string, file: string): Parsed => {
  const key = `${file}\0${text}`
  const known = parsedFiles.get(key)
  if (known !== undefined) return known
  const [oldest] = parsedFiles.keys()
  if (oldest !== undefined && parsedFiles.size >= mostParsed) parsedFiles.delete(oldest)
  const made = parseText(text, file)
  parsedFiles.set(key, made)
  return made
}

const parseText = (text: string, file: string): Parsed => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false })
  const [first] = document.errors
  if (first !== undefined) {
    const { line } = lines.linePos(first.pos[0])
    return { ok: false, error: `failed to parse ${file}: yaml: line ${line}: ${first.message}` }
  }
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: 100 }) as Raw }
  } catch (error) {
    // An alias without an anchor, or one that would grow without end.
    return { ok: false, error: `failed to parse ${file}: yaml: ${(error as Error).message}` }
  }
}

interface Filling {
  readonly variables: ReadonlyMap<string, string>
  readonly unset: Set<string>
  problem: string | null
}

/** Puts variables in place in every text of a value; keys stay as they are. */
const fillIn = (filling: Filling, value: Raw, place: string): Raw => {
  if (typeof value === 'string') {
    const made = interpolate(value, filling.variables)
    if (made.ok) {
      for (const name of made.unset) filling.unset.add(name)
      return made.text
    }
    filling.problem ??=
      made.kind === 'syntax'
        ? `invalid interpolation format for ${place}.\nYou may need to escape any $ with another $.\n${made.at}`
        : `error while interpolating ${place}: required variable ${made.name} is missing a value: ${made.why}`
    return value
  }
  const below = (key: string): string => (place === '' ? key : `${place}.${key}`)
  if (isList(value)) {
    return value.map((one, i) => fillIn(filling, one, `${place}[${i}]`))
  }
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, fillIn(filling, one, below(key))]),
  )
}

const externalOf = (reader: FileReader, map: RawMap, place: string): boolean =>
  isMap(map.external) || reader.flag(map.external, `${place}.external`)

const resourceName = (
  reader: FileReader,
  map: RawMap,
  place: string,
  key: string,
  project: string,
): string => {
  const outer = isMap(map.external) ? reader.text(map.external.name, `${place}.external`) : null
  const own = reader.text(map.name, `${place}.name`) ?? outer
  if (own !== null) return own
  return externalOf(reader, map, place) ? key : `${project}_${key}`
}

const readVolume = (
  reader: FileReader,
  key: string,
  value: Raw,
  project: string,
): ComposeVolume => {
  const place = `volumes.${key}`
  const map = reader.map(value, place)
  for (const one of Object.keys(map)) {
    const isKnown = ['name', 'external', 'driver', 'driver_opts', 'labels'].includes(one)
    if (!isKnown && !one.startsWith('x-')) {
      reader.refuse(place, `additional properties '${one}' not allowed`)
    }
  }
  const driver = reader.text(map.driver, `${place}.driver`)
  if (driver !== null && driver !== 'local') reader.missing(`${place}.driver: ${driver}`)
  return {
    key,
    name: resourceName(reader, map, place, key, project),
    external: externalOf(reader, map, place),
    labels: reader.labels(map.labels, `${place}.labels`),
    driverOptions: reader.labels(map.driver_opts, `${place}.driver_opts`),
  }
}

const readNetwork = (
  reader: FileReader,
  key: string,
  value: Raw,
  project: string,
): ComposeNetwork => {
  const place = `networks.${key}`
  const map = reader.map(value, place)
  return {
    key,
    name: resourceName(reader, map, place, key, project),
    external: externalOf(reader, map, place),
  }
}

const serviceProblem = (project: ComposeProject, service: ComposeService): string | null => {
  const quoted = JSON.stringify(service.name)
  if (service.image === null && service.build === null) {
    return `service ${quoted} has neither an image nor a build context specified: invalid compose project`
  }
  const volume = service.mounts.find(
    ({ type, source }) =>
      type === 'volume' && source !== '' && !project.volumes.some(({ key }) => key === source),
  )
  if (volume !== undefined) {
    return `service ${quoted} refers to undefined volume ${volume.source}: invalid compose project`
  }
  const network = service.networks.find((name) => !project.networks.some(({ key }) => key === name))
  if (network !== undefined) {
    return `service ${quoted} refers to undefined network ${network}: invalid compose project`
  }
  const names = [...project.services, ...project.disabled].map(({ name }) => name)
  const dependency = Object.entries(service.dependsOn).find(
    ([name, { required }]) => required && !names.includes(name),
  )
  if (dependency !== undefined) {
    return `service ${quoted} depends on undefined service ${JSON.stringify(dependency[0])}: invalid compose project`
  }
  return null
}

const isEnabled = (service: ComposeService, request: ProjectRequest): boolean =>
  service.profiles.length === 0 ||
  request.wanted.includes(service.name) ||
  request.profiles.has('*') ||
  service.profiles.some((profile) => request.profiles.has(profile))

const checkTopLevel = (reader: FileReader, map: RawMap, file: string): readonly string[] => {
  for (const key of Object.keys(map)) {
    if (topLevelMissing.has(key)) reader.missing(key)
    else if (!topLevel.has(key) && !key.startsWith('x-')) {
      reader.refuse('(root)', `additional properties '${key}' not allowed`)
    }
  }
  return 'version' in map
    ? [
        `${file}: the attribute \`version\` is obsolete, it will be ignored, please remove it to avoid potential confusion`,
      ]
    : []
}

const nameOf = (reader: FileReader, map: RawMap, request: ProjectRequest): string => {
  const written = reader.text(map.name, 'name')
  const name = request.name ?? written ?? projectNameOf(request.directory)
  if (name === '') reader.fail('project name must not be empty')
  const wrong = projectNameError(name)
  if (wrong !== null && name !== '') reader.fail(wrong)
  return name
}

/** Reads a compose file: parses it, puts variables in place, checks it and makes names whole. */
export const readProject = (request: ProjectRequest): ProjectResult => {
  const { file, directory } = request
  const parsed = parseYaml(request.text, file)
  if (!parsed.ok) return { ...parsed, warnings: [] }
  if (parsed.value === null) return { ok: false, error: 'empty compose file', warnings: [] }
  if (!isMap(parsed.value)) {
    return {
      ok: false,
      error: 'top-level object must be a mapping',
      warnings: [],
    }
  }
  const reader = new FileReader(file)
  const filling: Filling = { variables: request.variables, unset: new Set(), problem: null }
  const map = fillIn(filling, parsed.value, '') as RawMap
  if (filling.problem !== null) reader.fail(filling.problem)
  const warnings = [
    ...[...filling.unset].map(
      (name) => `The ${JSON.stringify(name)} variable is not set. Defaulting to a blank string.`,
    ),
    ...checkTopLevel(reader, map, file),
  ]
  const name = nameOf(reader, map, request)
  const sources = { directory, envFile: request.envFile, variables: request.variables }
  const all = Object.entries(reader.map(map.services, 'services')).map(([key, value]) =>
    readService(reader, key, value, sources),
  )
  const volumes = Object.entries(reader.map(map.volumes, 'volumes')).map(([key, value]) =>
    readVolume(reader, key, value, name),
  )
  const networks = Object.entries(reader.map(map.networks, 'networks')).map(([key, value]) =>
    readNetwork(reader, key, value, name),
  )
  if (!networks.some(({ key }) => key === 'default')) {
    networks.push({ key: 'default', name: `${name}_default`, external: false })
  }
  const project: ComposeProject = {
    name,
    directory,
    files: [file],
    services: all.filter((service) => isEnabled(service, request)),
    disabled: all.filter((service) => !isEnabled(service, request)),
    volumes,
    networks,
  }
  const problem =
    reader.problem ??
    (all.length === 0 ? 'empty compose file' : null) ??
    project.services
      .map((service) => serviceProblem(project, service))
      .find((one) => one !== null) ??
    dependencyProblem(project)
  return problem === null
    ? { ok: true, project, warnings }
    : { ok: false, error: problem, warnings }
}
