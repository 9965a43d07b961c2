import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A package of which something is inside the program, with the terms it comes under. */
export interface ShippedPackage {
  readonly name: string
  readonly version: string
  /** As npm writes it: an SPDX expression. */
  readonly licence: string
  /** Its licence as it came with it; whose it is where it brought none. */
  readonly text: string
}

interface LockedPackage {
  readonly version?: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optional?: boolean
}
type Locked = Readonly<Record<string, LockedPackage>>

/** Imported by sources, but only where the program is made or run from its sources. */
const BUILD_ONLY: ReadonlySet<string> = new Set(['vite', 'electron-vite'])

/** All of these let anybody pass the program on, with the notice that the list is. */
const FREE: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Unlicense',
])

/** Whether an SPDX expression leaves a way to pass the package on. */
export function mayBePassedOn(licence: string): boolean {
  const plain = licence.replace(/[()]/g, ' ').trim()
  if (/\bWITH\b/.test(plain) || (/\bAND\b/.test(plain) && /\bOR\b/.test(plain))) return false
  return / AND /.test(plain)
    ? plain.split(/ AND /).every((one) => FREE.has(one.trim()))
    : plain.split(/ OR /).some((one) => FREE.has(one.trim()))
}

/** Packages that the sources of the program import by name, styles included. */
export function importedPackages(root: string): readonly string[] {
  const files = globSync('{src-main,src-renderer}/**/*.{ts,vue,css}', { cwd: root })
  const names = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const found = text.matchAll(
      /(?:\bfrom|\bimport\(?|@import)\s*['"]((?:@[\w-]+\/)?[a-z][\w.-]*)(?=['"/])/g,
    )
    return [...found].map(([, name]) => name ?? '')
  })
  return [...new Set(names)].sort()
}

/**
 * Everything of others that the program is made of: what its sources import and what that depends
 * on, by the lock file. The bundler leaves much of it out; to name too many does no harm.
 */
export function shippedLicences(root: string): readonly ShippedPackage[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Locked
  }
  const found = new Map<string, LockedPackage>()
  const visit = (name: string, from: string): void => {
    const place = placeOf(packages, name, from)
    // Optional packages for other systems are not installed, and Node's own modules have no place.
    if (place === null || found.has(place) || !existsSync(join(root, place))) return
    const locked = packages[place] ?? {}
    found.set(place, locked)
    // Electron is a program of its own: what its package depends on only fetches it.
    if (name === 'electron') return
    for (const dependency of Object.keys(locked.dependencies ?? {})) visit(dependency, place)
  }
  for (const name of importedPackages(root)) if (!BUILD_ONLY.has(name)) visit(name, '')
  return [...found]
    .map(([place, { version = '', license = '' }]) => ({
      name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      text: licenceText(join(root, place)) || authorOf(join(root, place)),
    }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'))
}

/** Where Node finds a package from another one: the nearest `node_modules` upwards. */
function placeOf(packages: Locked, name: string, from: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('/node_modules/'))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (packages[place]) return place
    if (!folder.includes('/node_modules/')) {
      const top = `node_modules/${name}`
      return packages[top] ? top : null
    }
  }
}

function licenceText(folder: string): string {
  const name = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying)(\.|-|$)/i.test(file))
    .sort()[0]
  return name === undefined ? '' : readFileSync(join(folder, name), 'utf8').trim()
}

/** Some packages say whose they are in their manifest only. */
function authorOf(folder: string): string {
  const { author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    author?: string | { readonly name?: string }
  }
  return `Copyright (c) ${(typeof author === 'string' ? author : author?.name) ?? 'its authors'}`
}

/** The list as a text file beside the program. */
export const licencesAsText = (packages: readonly ShippedPackage[]): string =>
  [
    'Driftwood contains parts of the following packages. Each is under its own licence.',
    'What Electron itself contains stands in LICENSES.chromium.html beside the program.',
    'SQLite, inside better-sqlite3, is in the public domain.',
    ...packages.map(
      ({ name, version, licence, text }) =>
        `${'='.repeat(78)}\n${name} ${version}\n${licence}\n${'='.repeat(78)}\n\n${text}`,
    ),
  ].join('\n\n')
