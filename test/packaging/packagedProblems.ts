export interface Packaged {
  /** Files of the archive, with / between folders. */
  readonly packed: readonly { readonly file: string; readonly unpacked: boolean }[]
  /** Whether a file lies beside the program. */
  readonly beside: (file: string) => boolean
  /** State of a fuse in the program, by its name in @electron/fuses. */
  readonly fuse: (name: string) => boolean
  /** `electronFuses` of the configuration. */
  readonly fuses: Readonly<Record<string, boolean>>
  /** `linux-x64` */
  readonly target: string
}

/** What has to be inside for the game to run without the network. */
const NEEDED: readonly (readonly [string, RegExp])[] = [
  ['the main process', /^out\/main\/index\.js$/],
  ['the preload', /^out\/preload\/index\.cjs$/],
  ['the page', /^out\/renderer\/index\.html$/],
  ['the font Inter', /^out\/renderer\/assets\/inter-.*\.woff2$/],
  ['the font JetBrains Mono', /^out\/renderer\/assets\/jetbrains-mono-.*\.woff2$/],
  ['the list of levels', /^levels\/index\.json$/],
  ['levels', /^levels\/[^/]+\/[^/]+\/level\.yaml$/],
  ['their German words', /^levels\/[^/]+\/[^/]+\/de\.json$/],
  ['the database driver', /^node_modules\/better-sqlite3\/lib\/index\.js$/],
]

/** What a player has no use for, or must not get. */
const UNWANTED: readonly (readonly [string, RegExp])[] = [
  ['sources', /^src-|\.ts$|\.vue$|\.[ch]pp$|\.gyp$/],
  ['tests', /^test\/|\.test\./],
  ['maps of sources', /\.map$/],
  ['packages that are only for building', /^node_modules\/(?!better-sqlite3\/)/],
  ['material of development', /^(docs|assets|bench|\.)/],
]

/** One sentence for each thing that is wrong with a packed game. */
export function packagedProblems({
  packed,
  beside,
  fuse,
  fuses,
  target,
}: Packaged): readonly string[] {
  const native = packed.filter(({ file }) => file.endsWith('.node'))
  return [
    ...NEEDED.filter(([, name]) => !packed.some(({ file }) => name.test(file))).map(
      ([what]) => `not inside: ${what}`,
    ),
    ...UNWANTED.flatMap(([what, name]) =>
      packed.filter(({ file }) => name.test(file)).map(({ file }) => `${what}: ${file}`),
    ),
    ...packed
      .filter(({ file, unpacked }) => unpacked !== file.endsWith('.node'))
      .map(({ file, unpacked }) => `${file}: ${unpacked ? 'beside' : 'inside'} the archive`),
    ...(native.length === 1 && native[0]?.file.endsWith(`/${target}.node`)
      ? []
      : [
          `expected one native module for ${target}, got ${native.map(({ file }) => file).join(', ')}`,
        ]),
    ...native
      .map(({ file }) => `resources/app.asar.unpacked/${file}`)
      .concat('resources/LICENSE.txt', 'resources/LICENCES.txt', 'LICENSES.chromium.html')
      .filter((file) => !beside(file))
      .map((file) => `not beside the program: ${file}`),
    ...Object.entries(fuses)
      .filter(([name, wanted]) => fuse(fuseName(name)) !== wanted)
      .map(([name, wanted]) => `fuse ${name}: expected ${wanted}`),
  ]
}

/** `runAsNode` of electron-builder is `RunAsNode` of @electron/fuses. */
const fuseName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
