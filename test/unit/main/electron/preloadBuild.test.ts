import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import vm from 'node:vm'
import { resolveConfig } from 'electron-vite'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { callChannels } from '../../../../src-main/contract/channels.ts'

const root = resolve(import.meta.dirname, '../../../..')
let folder: string
let script: string

// A sandboxed preload that is ESM or requires anything but electron fails silently at run time.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driftwood-preload-'))
  const { config } = await resolveConfig({ root, logLevel: 'silent' }, 'build', 'production')
  if (!config?.preload) throw new Error('electron.vite.config.ts has no preload section')
  await build({
    ...config.preload,
    configFile: false,
    build: { ...config.preload.build, outDir: folder, emptyOutDir: false },
  })
  expect(readdirSync(folder)).toEqual(['index.cjs'])
  script = readFileSync(join(folder, 'index.cjs'), 'utf8')
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('is a plain script that requires electron and nothing else', () => {
  expect([...script.matchAll(/require\(["'`](.+?)["'`]\)/g)].map((match) => match[1])).toEqual([
    'electron',
  ])
  expect(script).not.toMatch(/^\s*(import|export)\b/m)
  expect(script).not.toMatch(/\bimport\(/)
  expect(script.length).toBeLessThan(5_000)
})

it('exposes one method per call, and nothing of ipcRenderer', async () => {
  const exposed: Record<string, Record<string, (request: unknown) => unknown>> = {}
  const pushed: Record<string, (...values: unknown[]) => void> = {}
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: never) => {
        exposed[name] = api
      },
    },
    ipcRenderer: {
      invoke: (channel: string, request: unknown) => [channel, request],
      on: (channel: string, listener: (...values: unknown[]) => void) => {
        pushed[channel] = listener
      },
    },
  }
  vm.runInNewContext(script, { require: () => electron, exports: {}, module: { exports: {} } })
  expect(Object.keys(exposed)).toEqual(['game', 'gameNews'])
  expect(Object.keys(exposed.game ?? {}).sort()).toEqual(Object.keys(callChannels).sort())
  const heard: unknown[][] = []
  exposed.gameNews?.onFilesBrought?.((...values: unknown[]) => heard.push(values))
  expect(Object.keys(pushed)).toEqual(['files-brought'])
  pushed['files-brought']?.({ sender: 'ipcRenderer' }, 'anything')
  expect(heard).toEqual([[]])
  expect(exposed.game?.runLine?.({ line: 'ls' })).toEqual(['run-line', { line: 'ls' }])
})
