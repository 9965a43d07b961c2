import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** By this `@electron/fuses` finds the fuses in a binary. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** In the order of the wire, version 1; all as Electron ships them. */
const SHIPPED = '101100011'

/**
 * A folder in the form of an unpacked Electron for Linux: files of the right names, and in place of
 * the program a text that has nothing of it but the fuses. Everything but running it can be tried.
 */
export function writeStandInElectron(folder: string, version: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  const fuses = Buffer.concat([
    Buffer.from(SENTINEL),
    Buffer.from([1, SHIPPED.length]),
    Buffer.from(SHIPPED),
  ])
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([Buffer.alloc(4096), fuses, Buffer.alloc(4096)]),
    {
      mode: 0o755,
    },
  )
  writeFileSync(join(folder, 'version'), version)
  writeFileSync(join(folder, 'LICENSE'), 'Electron (stand-in)\n')
  writeFileSync(join(folder, 'LICENSES.chromium.html'), '<p>Chromium (stand-in)</p>\n')
  writeFileSync(join(folder, 'chrome-sandbox'), '', { mode: 0o755 })
}
