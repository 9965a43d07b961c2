import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jsonSchemas } from '../levels/jsonSchemas.ts'

/**
 * Writes the JSON Schemas that editors use for level files. `--check`: writes nothing, exits 1
 * when one of them is not current.
 */
const directory = join(import.meta.dirname, '../../levels')
const isCheck = process.argv.includes('--check')
for (const [name, text] of Object.entries(jsonSchemas())) {
  const file = join(directory, name)
  if (!isCheck) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    process.stderr.write(
      `${file}:1:1 file: expected what node src-main/cli/levelSchema.ts writes\n`,
    )
    process.exitCode = 1
  }
}
