/**
 * `node test/conformance/record.ts NAME < CASE.json`: runs a case on the kernel and keeps it, with
 * what the kernel did, as a named case in test/conformance/cases. For what the differential test found.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type KernelCase, KernelWorker } from './overlay/KernelWorker.ts'

const name = process.argv[2]
if (name === undefined) throw new Error('usage: record.ts NAME < CASE.json')
const { layers, ops, upperBytes } = JSON.parse(readFileSync(0, 'utf8')) as KernelCase
const kernelCase = { layers, ops, ...(upperBytes === undefined ? {} : { upperBytes }) }
const worker = new KernelWorker()
const answer = await worker.run({ ...kernelCase, quiet: false })
await worker.close()
if (answer.broken !== undefined) throw new Error(String(answer.broken))
const file = join(import.meta.dirname, 'cases', `${name}.json`)
writeFileSync(file, `${JSON.stringify({ name, ...kernelCase, ...answer }, null, 1)}\n`)
console.log(file)
