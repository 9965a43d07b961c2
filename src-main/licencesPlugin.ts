import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { licencesAsText, shippedLicences } from './shippedLicences.ts'

const MODULE = 'virtual:licences'

/** Gives the page the list of licences as a module, and writes it as a text for the package. */
export const licencesPlugin = (root: string): Plugin => ({
  name: 'driftwood-licences',
  resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
  load: (id) =>
    id === `\0${MODULE}`
      ? `export const packages = ${JSON.stringify(shippedLicences(root))}`
      : null,
  writeBundle: () => {
    mkdirSync(join(root, 'out'), { recursive: true })
    writeFileSync(join(root, 'out', 'LICENCES.txt'), licencesAsText(shippedLicences(root)))
  },
})
