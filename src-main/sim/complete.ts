import { projectFlags } from './command/compose/composeContext.ts'
import { composeCommands } from './command/composeCommands.ts'
import { commands, groups } from './command/docker.ts'
import { servicesOfFolder } from './docker/compose/servicesOfFolder.ts'
import { Engine } from './docker/engine.ts'
import { absolutePath } from './docker/mountSpec.ts'
import type { World } from './world.ts'

export interface Completion {
  /** Where the word that is completed begins. */
  readonly from: number
  readonly candidates: readonly string[]
}

const hostTools =
  'cat cd chmod cp dd docker echo find grep head help ls mkdir mv pwd rm rmdir sed stat tail touch wc'.split(
    ' ',
  )

const composeWords = composeCommands.map(({ path }) => path.replace(/^compose /, '')).sort()
const composeWithValue = new Set(
  projectFlags
    .filter(({ type }) => type !== 'bool')
    .flatMap(({ name, short }) => [`--${name}`, ...(short === undefined ? [] : [`-${short}`])]),
)

const containerNames = (world: World): readonly string[] =>
  world.engine.containers.map(({ name }) => name)
const imageNames = (world: World): readonly string[] =>
  world.engine.tags.map(({ reference }) => reference.replace(/:latest$/, ''))
const volumeNames = (world: World): readonly string[] =>
  world.engine.volumes.map(({ name }) => name)

const onContainers = new Set(
  'start stop restart kill pause unpause wait rm rename exec logs diff commit cp export'.split(' '),
)
const onImages = new Set('run create rmi history tag'.split(' '))

const namesFor = (world: World, path: readonly string[]): readonly string[] => {
  const [first = '', second = ''] = path
  if (first === 'compose') return servicesOfFolder(world)
  if (first === 'volume') return volumeNames(world)
  if (first === 'image') return imageNames(world)
  if (first === 'inspect')
    return [...containerNames(world), ...imageNames(world), ...volumeNames(world)]
  const verb = first === 'container' ? second : first
  if (onContainers.has(verb)) return containerNames(world)
  return onImages.has(verb) ? imageNames(world) : []
}

const optionsOf = (path: readonly string[]): readonly string[] => {
  const isGrouped = groups.has(path[0] ?? '') || path[0] === 'compose'
  const text = path.slice(0, isGrouped ? 2 : 1).join(' ')
  if (text === 'compose') return projectFlags.map(({ name }) => `--${name}`)
  const command = [...commands, ...composeCommands].find(
    (entry) => entry.path === text || entry.aliases?.includes(text) === true,
  )
  return (command?.flags ?? [])
    .filter(({ missing }) => missing === undefined)
    .map(({ name }) => `--${name}`)
}

const subcommands = (path: readonly string[]): readonly string[] | null => {
  const paths = commands.flatMap((command) => [command.path, ...(command.aliases ?? [])])
  const [first = ''] = path
  if (path.length === 0) {
    return [
      ...new Set([...paths.map((text) => text.split(' ')[0] ?? ''), 'compose', 'help']),
    ].sort()
  }
  if (first === 'compose' && path.length === 1) return composeWords
  if (!groups.has(first) || path.length > 1) return null
  return paths
    .filter((text) => text.startsWith(`${first} `))
    .map((text) => text.slice(first.length + 1))
    .sort()
}

const paths = (world: World, word: string): readonly string[] => {
  const slash = word.lastIndexOf('/')
  const shown = word.slice(0, slash + 1)
  const directory = absolutePath(shown === '' ? '.' : shown, world.host.cwd)
  const sys = new Engine(world).hostCalls
  const entries = sys.readdir(directory)
  return (entries.ok ? entries.value : []).map(
    ({ name, kind }) => `${shown}${name}${kind === 'dir' ? '/' : ''}`,
  )
}

/** Is the word the value of an option that stands before it? Only those before a compose command. */
const takesIt = (words: readonly string[], at: number): boolean =>
  words[0] === 'compose' && composeWithValue.has(words[at - 1] ?? '')

/** Words that could stand at the cursor: commands, options, names of what exists, host paths. */
export const complete = (world: World, text: string, cursor: number): Completion => {
  const before = text.slice(0, cursor)
  const segment = before.slice(
    Math.max(...['|', ';', '&', '('].map((mark) => before.lastIndexOf(mark))) + 1,
  )
  const words = segment.trimStart().split(/\s+/)
  const word = words.at(-1) ?? ''
  const earlier = words.slice(0, -1)
  const from = cursor - word.length
  const starting = (candidates: readonly string[]): Completion => ({
    from,
    candidates: [...new Set(candidates.filter((candidate) => candidate.startsWith(word)))].slice(
      0,
      200,
    ),
  })
  if (earlier[0] === 'sudo') earlier.shift()
  if (earlier.length === 0) return starting(hostTools)
  if (earlier[0] === 'help' && earlier.length === 1) return starting([...hostTools].sort())
  if (earlier[0] === 'help') earlier.shift()
  if (earlier[0] !== 'docker') return starting(paths(world, word))
  const path = earlier.slice(1).filter((part, i, all) => !part.startsWith('-') && !takesIt(all, i))
  if (word.startsWith('-')) return starting(optionsOf(path))
  if (['-f', '--file'].includes(earlier.at(-1) ?? '')) return starting(paths(world, word))
  const next = subcommands(path)
  if (next !== null) return starting(next)
  const names = namesFor(world, path)
  const isPath = word.includes('/') || path[0] === 'build' || path[0] === 'cp'
  return starting(isPath ? [...names, ...paths(world, word)] : names)
}
