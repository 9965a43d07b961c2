import { toBytes } from '../../../src-main/sim/tree/content.ts'
import { type Box, makeBox } from '../../support/shellBox.ts'
import { type ShellResult, startFiles } from './busyboxShell.ts'

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** The same script on the simulator's own shell and tools. */
export const runSimulated = (script: string): ShellResult => {
  const box = makeBox()
  box.sys.mkdir('/w/d', 0o755)
  for (const [path, text] of Object.entries(startFiles)) box.put(`/w/${path}`, text)
  const { stdout, code } = box.sh(script, { env: { PATH: '/bin' } })
  const tree = treeOf(box)
  return { stdout, exit: code ?? 137, tree }
}

const treeOf = (box: Box): string[] => {
  const walk = (under: string): string[] => {
    const entries = box.sys.readdir(`/w${under}`)
    if (!entries.ok) return []
    return entries.value
      .map(({ name }) => name)
      .sort()
      .flatMap((name) => {
        const path = `${under}/${name}`
        const at = `/w${path}`
        const stat = box.sys.lstat(at)
        if (!stat.ok) return [`${path} ${stat.errno}`]
        const mode = (stat.value.mode & 0o7777).toString(8)
        if (stat.value.kind === 'symlink') {
          const target = box.sys.readlink(at)
          return [`${path} -> ${target.ok ? target.value : target.errno}`]
        }
        if (stat.value.kind === 'dir') return [`${path}/ ${mode}`, ...walk(path)]
        const fd = box.sys.open(at, { read: true })
        if (!fd.ok) return [`${path} ${fd.errno}`]
        const content = box.sys.read(fd.value)
        box.sys.close(fd.value)
        const text = content.ok ? latin1(toBytes(content.value)) : content.errno
        return [`${path} ${mode} ${stat.value.nlink} ${JSON.stringify(text)}`]
      })
  }
  return walk('')
}
