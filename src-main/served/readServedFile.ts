import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, posix, relative, resolve } from 'node:path'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.ogg': 'audio/ogg',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
}

export interface ServedFile {
  readonly body: Buffer<ArrayBuffer>
  readonly contentType: string
}

/**
 * The file of `root` that a URL path names (`/` is index.html), or null: nothing there, a type we
 * do not serve, or a path that leads out of `root` in whatever encoding.
 */
export async function readServedFile(root: string, urlPath: string): Promise<ServedFile | null> {
  const file = fileInside(root, urlPath)
  const contentType = file && CONTENT_TYPES[extname(file)]
  if (!file || !contentType) return null
  try {
    return { body: await readFile(file), contentType }
  } catch (cause) {
    if (isMissing(cause)) return null
    throw cause
  }
}

/** The absolute path below `root` that a URL path names, or null where it leads anywhere else. */
export function fileInside(root: string, urlPath: string): string | null {
  const decoded = decodePath(urlPath)
  if (decoded === null || decoded.includes('\0') || decoded.includes('\\')) return null
  const file = resolve(root, `.${posix.normalize(`/${decoded}`)}`)
  const inside = relative(resolve(root), file)
  if (inside.startsWith('..') || isAbsolute(inside)) return null
  return inside === '' ? join(file, 'index.html') : file
}

function decodePath(urlPath: string): string | null {
  try {
    return decodeURIComponent(urlPath)
  } catch {
    // A malformed escape names no file of ours.
    return null
  }
}

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  ['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG'].includes(String(cause.code))
