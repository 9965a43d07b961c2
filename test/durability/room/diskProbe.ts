import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * How long the disk itself takes to keep one page, asked in a steady rhythm beside the room: what of
 * a late answer was the disk's. `node diskProbe.ts FOLDER`; prints milliseconds as JSON when it is
 * told to end (SIGTERM).
 */
const [folder = '.'] = process.argv.slice(2)
const EVERY_MS = 20
const page = Buffer.alloc(4096, 1)
const fd = openSync(join(folder, 'disk-probe'), 'w')
const taken: number[] = []
let isAsked = true
process.once('SIGTERM', () => {
  isAsked = false
})
while (isAsked) {
  const before = performance.now()
  writeSync(fd, page, 0, page.length, 0)
  fdatasyncSync(fd)
  taken.push(performance.now() - before)
  await wait(EVERY_MS)
}
closeSync(fd)
process.stdout.write(JSON.stringify(taken))
