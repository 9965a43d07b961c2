import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { zipFolder } from '../../../../src-renderer/format/zipFolder.ts'

const files = [
  { name: 'Dockerfile', text: 'FROM busybox\nCMD ["sleep", "infinity"]\n' },
  { name: 'commands.sh', text: '#!/usr/bin/env bash\necho größer\n' },
  { name: 'empty', text: '' },
]

const unpack = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    archive.extractall(sys.argv[2])
    print(oct(archive.getinfo('try/commands.sh').external_attr >> 16))
`

const hasPython = (() => {
  try {
    execFileSync('python3', ['-c', 'import zipfile'])
    return true
  } catch {
    return false
  }
})()

if (!hasPython) console.log('skipped: a folder is not unpacked by another program: no python3')

it.runIf(hasPython)('makes an archive that another program unpacks to the same files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'))
  const archive = join(folder, 'try.zip')
  const bytes = Buffer.from(await zipFolder('try', files).arrayBuffer())
  writeFileSync(archive, bytes)
  const mode = execFileSync('python3', ['-c', unpack, archive, folder], { encoding: 'utf8' })
  expect(mode.trim()).toBe('0o100755')
  expect(readdirSync(join(folder, 'try')).toSorted()).toEqual(
    files.map(({ name }) => name).toSorted(),
  )
  for (const { name, text } of files) {
    expect(readFileSync(join(folder, 'try', name), 'utf8')).toBe(text)
  }
  expect(statSync(archive).size).toBe(bytes.length)
  rmSync(folder, { recursive: true })
})
