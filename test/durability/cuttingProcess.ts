import { readFileSync } from 'node:fs'
import { harmAgainAndAgain, truncations } from './harming.ts'

/** `cuttingProcess.ts FOLDER RECORDED FROM TO`: cuts to each length from FROM to before TO. */
const [dataDir = '', recordedFile = '', from, to] = process.argv.slice(2)
const recorded = JSON.parse(readFileSync(recordedFile, 'utf8')) as readonly string[]
const report = harmAgainAndAgain(dataDir, recorded, truncations(1, Number(from), Number(to)))
process.stdout.write(JSON.stringify(report))
