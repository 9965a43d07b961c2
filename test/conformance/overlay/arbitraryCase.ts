import fc from 'fast-check'
import type { KernelCase } from './KernelWorker.ts'
import { type AbstractOperation, makeConcrete, type PathChoice } from './makeConcrete.ts'

type Entry = Readonly<Record<string, unknown>> & { readonly path: string; readonly type: string }

const names = ['a', 'b', 'c']

const name = fc.constantFrom(...names)

/** Paths of a small tree, so that operations meet. */
const path = fc
  .array(name, { minLength: 1, maxLength: 4 })
  .filter((parts) => parts.length < 4 || parts[0] === 'a')
  .map((parts) => `/${parts.join('/')}`)

const shallow = fc.array(name, { minLength: 1, maxLength: 2 }).map((parts) => `/${parts.join('/')}`)

const oddPath = fc.oneof(
  fc.tuple(path, fc.constantFrom('/', '/.', '/..', '//', '/../a', '/./b')).map((p) => p.join('')),
  fc.constantFrom('/', '', 'a', './a', '/../a', 'a/b/', '//a', `/${'n'.repeat(256)}`),
  fc.constantFrom(`/${'n'.repeat(255)}`, '/ü', `/a/${'é'.repeat(128)}`, `/${'p/'.repeat(2100)}a`),
)

const pick = fc.nat(60)

/** What an operation is about: mostly something that is there when its turn comes. */
const anyPath: fc.Arbitrary<PathChoice> = fc.oneof(
  { weight: 16, arbitrary: fc.record({ pick, among: fc.constantFrom('file', 'dir', 'any') }) },
  { weight: 9, arbitrary: fc.record({ pick, among: fc.constant('dir'), child: name }) },
  { weight: 3, arbitrary: fc.oneof(shallow, path) },
  { weight: 1, arbitrary: oddPath },
  {
    weight: 1,
    arbitrary: fc.record({
      pick,
      among: fc.constantFrom('file', 'dir', 'any'),
      suffix: fc.constantFrom('/', '/.', '/..', '//', '/../a', '/./b', '/a'),
    }),
  },
)

const mode = fc.constantFrom(
  '0644',
  '0600',
  '0755',
  '0700',
  '0000',
  '4755',
  '2755',
  '6777',
  '1777',
  '2644',
)
const owner = fc.constantFrom(0, 0, 0, 1000, 50)
const maybeOwner = fc.oneof(owner, fc.constant(-1))
const text = fc.constantFrom('', 'x', 'hello\n', 'twelve bytes', 'naïve ☃\n')
const target = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'a/b',
    '../a',
    '..',
    '.',
    '/a',
    '/b/c',
    'nowhere',
    'c/nowhere',
    'a/',
    'd',
  ),
  fc.constantFrom('/a/b/c', './b', 'b/../a'),
)
const xattrName = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('user.a', 'user.b', 'trusted.t') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'user.',
      'other.x',
      'plain',
      '',
      'security.s',
      'system.posix_acl_access',
      'system.posix_acl_default',
      'trusted.overlay.opaque',
      'trusted.overlay.',
      `user.${'n'.repeat(251)}`,
    ),
  },
)
const size = fc.constantFrom(0, 1, 5, 100, 4095, 4096, 4097, 5000, 70000)
const written = fc.oneof(
  { weight: 6, arbitrary: fc.record({ data: text }) },
  { weight: 1, arbitrary: fc.record({ size }) },
)

const fileEntry = fc.record({
  path,
  type: fc.constant('file'),
  mode,
  uid: owner,
  gid: owner,
  content: text,
})
const sizedEntry = fc.record({
  path,
  type: fc.constant('file'),
  size: fc.constantFrom(3, 4096, 5000, 300000, 1048577),
  sparse: fc.boolean(),
})
const xattrEntry = fc.record({
  path,
  type: fc.constant('file'),
  content: text,
  xattrs: fc.constant({ 'user.a': '1', 'user.old': 'kept' }),
})
const xattrDir = fc.record({
  path,
  type: fc.constant('dir'),
  mode,
  xattrs: fc.constant({ 'user.d': 'é', 'trusted.t': 'x', 'security.s': 'y' }),
})
const rootEntry = fc.record({
  path: fc.constant('/'),
  type: fc.constant('dir'),
  mode,
  gid: owner,
  opaque: fc.boolean(),
})
const dirEntry = fc.record({ path, type: fc.constant('dir'), mode, uid: owner, gid: owner })
const plainDir = fc.record({ path: shallow, type: fc.constant('dir') })
const opaqueDir = fc.record({ path, type: fc.constant('dir'), opaque: fc.constant(true) })
const symlinkEntry = fc.record({ path, type: fc.constant('symlink'), target })
const hardlinkEntry = fc.record({ path, type: fc.constant('hardlink') })
const whiteoutEntry = fc.record({ path, type: fc.constant('whiteout') })
const fifoEntry = fc.record({ path, type: fc.constant('fifo') })

const entry: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 8, arbitrary: plainDir },
  { weight: 5, arbitrary: dirEntry },
  { weight: 8, arbitrary: fileEntry },
  { weight: 1, arbitrary: sizedEntry },
  { weight: 1, arbitrary: xattrEntry },
  { weight: 1, arbitrary: xattrDir },
  { weight: 1, arbitrary: rootEntry },
  { weight: 2, arbitrary: opaqueDir },
  { weight: 2, arbitrary: symlinkEntry },
  { weight: 3, arbitrary: hardlinkEntry },
  { weight: 3, arbitrary: whiteoutEntry },
  { weight: 1, arbitrary: fifoEntry },
)

const parentOf = (of: string): string => of.slice(0, of.lastIndexOf('/')) || '/'

/** Missing parents are added; what then cannot be made is left out. */
const buildable = (entries: readonly Entry[]): Entry[] => {
  const kinds = new Map([['/', 'dir']])
  const built: Entry[] = entries.filter(({ path: at }) => at === '/')
  const add = (item: Entry): boolean => {
    const parent = parentOf(item.path)
    if (kinds.has(item.path)) return false
    if (!kinds.has(parent) && !add({ path: parent, type: 'dir' })) return false
    if (kinds.get(parent) !== 'dir') return false
    const of = kinds.get(String(item.target))
    const linkable = of !== undefined && of !== 'dir' && of !== 'whiteout'
    if (item.type === 'hardlink' && !linkable) return false
    kinds.set(item.path, item.type)
    built.push(item)
    return true
  }
  for (const item of entries) if (item.type !== 'hardlink') add(item)
  const files = built.filter(({ type }) => type === 'file' || type === 'symlink')
  for (const [index, item] of entries.entries()) {
    const target = files[index % Math.max(1, files.length)]?.path
    if (item.type === 'hardlink' && target !== undefined) add({ ...item, target })
  }
  return built
}

const layer = fc.array(entry, { maxLength: 14 }).map(buildable)

const op = (kind: string, fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ op: fc.constant(kind), ...fields })

/** An operation that writes a text, or so many bytes of filler. */
const writes = (kind: string, fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.tuple(op(kind, fields), written).map(([made, what]) => ({ ...made, ...what }))

const fd = fc.nat(3)
const offset = fc.constantFrom(0, 0, 3, 50, 4095, 4096, 5000, -1)
const flags = fc
  .tuple(
    fc.constantFrom(['O_RDONLY'], ['O_RDONLY'], ['O_WRONLY'], ['O_RDWR'], ['O_WRONLY', 'O_RDWR']),
    fc.subarray(['O_APPEND', 'O_CREAT', 'O_EXCL', 'O_TRUNC', 'O_DIRECTORY', 'O_NOFOLLOW']),
  )
  .map(([access, more]) => [...access, ...more])

const operation = fc.oneof(
  { weight: 3, arbitrary: op('read', { path: anyPath }) },
  { weight: 4, arbitrary: op('readdir', { path: anyPath }) },
  { weight: 4, arbitrary: op('stat', { path: anyPath }) },
  { weight: 1, arbitrary: op('readlink', { path: anyPath }) },
  { weight: 6, arbitrary: writes('append', { path: anyPath }) },
  { weight: 3, arbitrary: writes('write', { path: anyPath, offset }) },
  { weight: 2, arbitrary: op('openrw', { path: anyPath }) },
  { weight: 2, arbitrary: op('opentrunc', { path: anyPath }) },
  { weight: 4, arbitrary: writes('put', { path: anyPath }) },
  { weight: 7, arbitrary: writes('create', { path: anyPath, mode }) },
  {
    weight: 4,
    arbitrary: op('truncate', { path: anyPath, size: fc.oneof(size, fc.constant(-1)) }),
  },
  { weight: 10, arbitrary: op('unlink', { path: anyPath }) },
  { weight: 8, arbitrary: op('rmdir', { path: anyPath }) },
  { weight: 2, arbitrary: op('rmtree', { path: anyPath }) },
  { weight: 9, arbitrary: op('mkdir', { path: anyPath, mode }) },
  { weight: 14, arbitrary: op('rename', { from: anyPath, to: anyPath }) },
  { weight: 3, arbitrary: op('exchange', { from: anyPath, to: anyPath }) },
  { weight: 2, arbitrary: op('noreplace', { from: anyPath, to: anyPath }) },
  { weight: 6, arbitrary: op('link', { from: anyPath, to: anyPath }) },
  { weight: 3, arbitrary: op('symlink', { target, path: anyPath }) },
  { weight: 5, arbitrary: op('chmod', { path: anyPath, mode }) },
  {
    weight: 4,
    arbitrary: op('chown', { path: anyPath, uid: maybeOwner, gid: maybeOwner }),
  },
  {
    weight: 3,
    arbitrary: op('utimes', { path: anyPath, mtime: fc.constantFrom(5, 1234567890, -1.5, -3e9) }),
  },
  { weight: 3, arbitrary: op('setxattr', { path: anyPath, name: xattrName, value: text }) },
  {
    weight: 1,
    arbitrary: op('setxattr', {
      path: anyPath,
      name: fc.constant('security.capability'),
      value: fc.constant('x'),
    }),
  },
  { weight: 1, arbitrary: op('getxattr', { path: anyPath, name: xattrName }) },
  { weight: 2, arbitrary: op('removexattr', { path: anyPath, name: xattrName }) },
  { weight: 1, arbitrary: op('mkfifo', { path: anyPath, mode }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(anyPath, fc.constantFrom([1, 3], [1, 7], [0, 0], [240, 7], [4096, 0]))
      .map(([at, [major, minor]]) => ({ op: 'mknod', path: at, major, minor })),
  },
  { weight: 7, arbitrary: op('open', { fd, path: anyPath, flags }) },
  { weight: 4, arbitrary: op('fdread', { fd }) },
  { weight: 4, arbitrary: op('fdstat', { fd }) },
  { weight: 4, arbitrary: writes('fdwrite', { fd, offset }) },
  { weight: 2, arbitrary: op('ftruncate', { fd, size: fc.oneof(size, fc.constant(-1)) }) },
  { weight: 3, arbitrary: op('fchmod', { fd, mode }) },
  { weight: 2, arbitrary: op('close', { fd }) },
)

/** Layers and operations of the golden format, kept to what a recorder can set up. */
export const arbitraryCase: fc.Arbitrary<KernelCase> = fc
  .record({
    layers: fc.oneof(
      { weight: 9, arbitrary: fc.array(layer, { minLength: 1, maxLength: 5 }) },
      { weight: 1, arbitrary: fc.array(layer, { minLength: 6, maxLength: 40 }) },
    ),
    ops: fc.array(operation as fc.Arbitrary<AbstractOperation>, {
      minLength: 1,
      maxLength: 40,
      size: 'max',
    }),
    quiet: fc.boolean(),
    upperBytes: fc.option(fc.constantFrom(4096, 8192, 20480, 81920, 409600, 2097152), { freq: 3 }),
  })
  .map(makeConcrete)
