import { cleanPath, type MountRequest, mountRequest } from './mountSpec.ts'
import { bad, good, type Reply } from './reply.ts'
import { parseSize } from './sizes.ts'

const knownWords =
  /^(?:ro|rw|nosuid|suid|nodev|dev|noexec|exec|relatime|noatime|sync|async|uid|gid|mode|size|nr_inodes|nr_blocks|defaults)$/

const pairOf = (word: string): readonly [string, string | undefined] => {
  const equals = word.indexOf('=')
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)]
}

/** Reads a `--tmpfs` text: `/path[:options]`. What the kernel itself would refuse is not simulated. */
export const parseTmpfsFlag = (text: string): Reply<MountRequest> => {
  const colon = text.indexOf(':')
  const target = colon < 0 ? text : text.slice(0, colon)
  const options = colon < 0 ? '' : text.slice(colon + 1)
  if (!target.startsWith('/'))
    return bad(`invalid mount path: '${target}' mount path must be absolute`)
  if (cleanPath(target) === '/') return bad("invalid specification: destination can't be '/'")
  const words = options === '' ? [] : options.split(',')
  const values = new Map(words.map((word) => pairOf(word)))
  const strange = [...values.keys()].find((key) => !knownWords.test(key))
  if (strange !== undefined) {
    const value = values.get(strange)
    const shown = value === undefined ? [strange] : [strange, value]
    return bad(`invalid tmpfs option [${shown.map((part) => JSON.stringify(part)).join(' ')}]`)
  }
  const size = values.get('size')
  const bytes = size === undefined ? null : parseSize(size)
  const mode = values.get('mode')
  const owner = [values.get('uid') ?? '0', values.get('gid') ?? '0']
  const unfit =
    (size !== undefined && bytes === null) ||
    (mode !== undefined && !/^[0-7]{1,4}$/.test(mode)) ||
    owner.some((number) => !/^\d+$/.test(number))
  if (unfit) return bad(`not simulated in Driftwood: tmpfs options ${options}`)
  return good(
    mountRequest({
      type: 'tmpfs',
      source: '',
      target: cleanPath(target),
      readOnly: values.has('ro'),
      from: 'tmpfs',
      text: options,
      tmpfsBytes: bytes,
      tmpfsMode: mode === undefined ? null : Number.parseInt(mode, 8),
      tmpfsOwner: { uid: Number(owner[0]), gid: Number(owner[1]) },
      tmpfsExec: values.has('exec'),
      tmpfsOptions: options,
    }),
  )
}
