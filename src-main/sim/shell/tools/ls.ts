import { errnoText } from '../../errno.ts'
import type { Stat } from '../../vfs/syscalls.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { listingDate, longDate, shortDate } from './dateText.ts'
import {
  complain,
  complainOf,
  groupNames,
  humanSize,
  humanSizeGnu,
  isGnu,
  joinPath,
  modeText,
  type Options,
  readOptions,
  userNames,
} from './support.ts'

interface Item {
  readonly name: string
  readonly path: string
  readonly stat: Stat
}

interface Listing {
  readonly context: ProcessContext
  readonly options: Options
  readonly users: ReadonlyMap<number, string>
  readonly groups: ReadonlyMap<number, string>
  code: number
}

const refuse = (listing: Listing, path: string, errno: keyof typeof errnoText): void => {
  const { context } = listing
  if (isGnu(context)) {
    complain(context, `cannot access '${path}': ${errnoText[errno]}`)
    listing.code = 2
  } else {
    complainOf(context, path, errno)
    listing.code = 1
  }
}

const itemOf = (listing: Listing, path: string, name: string, follow: boolean): Item | null => {
  const { sys } = listing.context
  const followed = follow ? sys.stat(path) : sys.lstat(path)
  const stat = followed.ok ? followed : sys.lstat(path)
  if (stat.ok) return { name, path, stat: stat.value }
  refuse(listing, path, stat.errno)
  return null
}

const sorted = ({ options }: Listing, items: readonly Item[]): readonly Item[] => {
  if (options.has('U') || options.has('f')) return items
  const byName = (a: Item, b: Item): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  const order = [...items].sort((a, b) => {
    if (options.has('S')) return b.stat.size - a.stat.size || byName(a, b)
    if (options.has('t')) return b.stat.mtimeMs - a.stat.mtimeMs || byName(a, b)
    return byName(a, b)
  })
  return options.has('r') ? order.reverse() : order
}

const sizeText = ({ context, options }: Listing, size: number): string => {
  if (!options.has('h')) return String(size)
  return isGnu(context) ? humanSizeGnu(size) : humanSize(size)
}

const suffixOf = ({ options }: Listing, { stat }: Item): string => {
  if (stat.kind === 'dir' && (options.has('F') || options.has('p'))) return '/'
  if (!options.has('F')) return ''
  if (stat.kind === 'symlink') return '@'
  if (stat.kind === 'fifo') return '|'
  return stat.kind === 'file' && (stat.mode & 0o111) !== 0 ? '*' : ''
}

const target = ({ context }: Listing, item: Item): string => {
  if (item.stat.kind !== 'symlink') return ''
  const link = context.sys.readlink(item.path)
  return link.ok ? ` -> ${link.value}` : ''
}

const owner = (listing: Listing, id: number, names: ReadonlyMap<number, string>): string =>
  listing.options.has('n') ? String(id) : (names.get(id) ?? String(id))

const dateOf = ({ context, options }: Listing, ms: number): string => {
  if (!options.has('@')) return listingDate(ms, context.kernel.nowMs())
  return isGnu(context) ? longDate(ms) : `${shortDate(ms)} +0000`
}

/** The columns of `ls -l` but for the name. */
const columns = (listing: Listing, { stat }: Item): readonly string[] => [
  modeText(stat),
  String(stat.nlink),
  owner(listing, stat.uid, listing.users),
  owner(listing, stat.gid, listing.groups),
  sizeText(listing, stat.size),
  dateOf(listing, stat.mtimeMs),
]

const longLines = (listing: Listing, items: readonly Item[]): readonly string[] => {
  const rows = items.map((item) => columns(listing, item))
  const gnu = isGnu(listing.context)
  const widths = [0, 1, 2, 3, 4].map((i) =>
    gnu ? Math.max(...rows.map((row) => row[i]?.length ?? 0)) : ([10, 4, 8, 8, 9][i] as number),
  )
  return rows.map(([mode = '', links = '', user = '', group = '', size = '', date = ''], i) => {
    const item = items[i] as Item
    const name = `${item.name}${suffixOf(listing, item)}${target(listing, item)}`
    const human = listing.options.has('h') && !gnu ? 6 : (widths[4] ?? 0)
    const head = [
      mode,
      links.padStart(widths[1] ?? 0),
      (gnu ? user : user.slice(0, 8)).padEnd(widths[2] ?? 0),
      (gnu ? group : group.slice(0, 8)).padEnd(widths[3] ?? 0),
      size.padStart(human + (listing.options.has('h') && !gnu ? 1 : 0)),
    ]
    return `${head.join(' ')} ${date} ${name}`
  })
}

const print = (listing: Listing, items: readonly Item[]): void => {
  const { options, context } = listing
  const long = ['l', 'n', 'o', 'g', '@'].some((one) => options.has(one))
  const lines = long
    ? longLines(listing, items)
    : items.map((item) => `${item.name}${suffixOf(listing, item)}`)
  lines.forEach((line, i) => {
    const { stat } = items[i] as Item
    const inode = options.has('i') ? `${String(stat.ino).padStart(isGnu(context) ? 0 : 7)} ` : ''
    const blocks = options.has('s') ? `${String(stat.blocks / 2).padStart(6)} ` : ''
    context.out(`${inode}${blocks}${line}\n`)
  })
}

const printDirectory = (listing: Listing, path: string): void => {
  const { context, options } = listing
  context.step()
  const entries = context.sys.readdir(path)
  if (!entries.ok) {
    if (isGnu(context)) {
      complain(context, `cannot open directory '${path}': ${errnoText[entries.errno]}`)
    } else complain(context, `can't open '${path}': ${errnoText[entries.errno]}`)
    listing.code = isGnu(context) ? 2 : 1
    return
  }
  const all = options.has('a') || options.has('f')
  const names = entries.value
    .map(({ name }) => name)
    .filter((name) => all || options.has('A') || !name.startsWith('.'))
  const items: Item[] = []
  for (const name of all ? ['.', '..', ...names] : names) {
    const item = itemOf(listing, joinPath(path, name), name, options.has('L'))
    if (item !== null) items.push(item)
  }
  const order = sorted(listing, items)
  if (options.has('l') || options.has('s') || options.has('n')) {
    const blocks = order.reduce((sum, { stat }) => sum + stat.blocks, 0) / 2
    context.out(
      `total ${options.has('h') ? (isGnu(context) ? humanSizeGnu : humanSize)(blocks * 1024) : Math.ceil(blocks)}\n`,
    )
  }
  print(listing, order)
  if (!options.has('R')) return
  for (const item of order) {
    if (item.stat.kind !== 'dir' || item.name === '.' || item.name === '..') continue
    context.out(`\n${item.path}:\n`)
    printDirectory(listing, item.path)
  }
}

/** ls. */
export const ls: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: '1AaCxdLHRFplinshrSXvctugofUk@w:',
    long: {
      all: 'a',
      'almost-all': 'A',
      directory: 'd',
      recursive: 'R',
      color: 'k',
      inode: 'i',
      'full-time': '@',
    },
  })
  if (options === null) return isGnu(context) ? 2 : 1
  const listing: Listing = {
    context,
    options,
    users: userNames(context),
    groups: groupNames(context),
    code: 0,
  }
  const operands = options.operands.length === 0 ? ['.'] : options.operands
  const items: Item[] = []
  for (const path of operands) {
    const item = itemOf(
      listing,
      path,
      path,
      !options.has('l') && !options.has('d') && !options.has('F'),
    )
    if (item !== null) items.push(item)
  }
  const plain = items.filter(({ stat }) => options.has('d') || stat.kind !== 'dir')
  const directories = items.filter(({ stat }) => !options.has('d') && stat.kind === 'dir')
  print(listing, sorted(listing, plain))
  sorted(listing, directories).forEach((one, i) => {
    if (i > 0 || plain.length > 0) context.out('\n')
    if (operands.length > 1 || options.has('R')) context.out(`${one.path}:\n`)
    printDirectory(listing, one.path)
  })
  return listing.code
}
