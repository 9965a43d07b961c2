import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchStart } from './hosts/startBrowserHost.ts'

/** What the browser host does when something goes wrong while it starts. */
let folder: string
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftwood-start-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

const options = () => ['--browser', '--no-open', '--data', join(folder, 'data')]

test('an address that cannot be noted keeps nobody from playing, nor from stopping', async () => {
  mkdirSync(join(folder, 'data/host.json/in-the-way'), { recursive: true })
  const { child, url } = await launchStart(options())
  expect((await fetch(url)).status).toBe(200)
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

test('a start that fails half way ends with a sentence instead of hanging', async () => {
  const preload = join(folder, 'fail.mjs')
  writeFileSync(
    preload,
    `const write = process.stdout.write.bind(process.stdout)
    process.stdout.write = (text) => {
      if (String(text).includes('is ready')) throw new Error('nobody listens')
      return write(text)
    }`,
  )
  await expect(launchStart(options(), preload)).rejects.toThrow(
    /ended with 1[\s\S]*could not start: nobody listens/,
  )
})
