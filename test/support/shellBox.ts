import type { StorageEvent } from '../../src-main/sim/event.ts'
import type { ProgramReport } from '../../src-main/sim/shell/program.ts'
import { programFile } from '../../src-main/sim/shell/programFile.ts'
import { runProcess } from '../../src-main/sim/shell/runProcess.ts'
import { type Content, contentOf, emptyContent, toText } from '../../src-main/sim/tree/content.ts'
import { createKernel } from '../../src-main/sim/vfs/createKernel.ts'
import type { Kernel } from '../../src-main/sim/vfs/kernel.ts'
import { emptyStorage } from '../../src-main/sim/vfs/storageState.ts'
import type { Namespace, Syscalls } from '../../src-main/sim/vfs/syscalls.ts'

export interface BoxResult {
  readonly stdout: string
  readonly stderr: string
  /** null while the process waits for ever. */
  readonly code: number | null
  readonly onTerm: number | null
}

/** A little system to run programs in: one plain file system with busybox installed. */
export interface Box {
  readonly kernel: Kernel
  readonly namespace: Namespace
  readonly sys: Syscalls
  readonly events: StorageEvent[]
  readonly reports: ProgramReport[]
  run(argv: readonly string[], options?: BoxOptions): BoxResult
  sh(script: string, options?: BoxOptions): BoxResult
  put(path: string, text: string | Content, mode?: number): void
}

export interface BoxOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly uid?: number
  readonly isMain?: boolean
  readonly stdin?: string
  readonly gnu?: boolean
}

const applets =
  'sh ash cat ls cp mv rm mkdir rmdir touch chmod chown chgrp ln stat du df find grep egrep fgrep head tail wc sed awk cut sort uniq tr tee dd truncate sync sleep date id whoami hostname pwd env printenv basename dirname readlink realpath seq xargs test [ expr md5sum sha256sum tar yes od hexdump mkfifo mknod mktemp which ps kill mount true false nproc uname install echo printf cmp diff timeout nohup rev tac nl fold paste'.split(
    ' ',
  )

export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export const makeBox = (options: { readonly limitBytes?: number } = {}): Box => {
  const events: StorageEvent[] = []
  const reports: ProgramReport[] = []
  const kernel = createKernel(emptyStorage(1_704_067_200_000), (event) => events.push(event))
  kernel.createTree('root', { type: 'ext4', ...options })
  const namespace: Namespace = [{ at: '/', fs: 'root', root: 1, readOnly: false }]
  const sys = kernel.syscalls({
    namespace,
    uid: 0,
    gid: 0,
    umask: 0o022,
    cwd: '/',
    traceLookups: false,
  })
  const put = (path: string, text: string | Content, mode = 0o644): void => {
    const fd = sys.open(path, { write: true, create: true, truncate: true }, mode)
    if (!fd.ok) throw new Error(`${path}: ${fd.errno}`)
    sys.write(fd.value, typeof text === 'string' ? contentOf(text) : text)
    sys.close(fd.value)
    sys.chmod(path, mode)
  }
  for (const dir of ['/bin', '/etc', '/tmp', '/w', '/var', '/var/run', '/var/lib', '/root'])
    sys.mkdir(dir)
  sys.chmod('/tmp', 0o1777)
  put('/bin/busybox', programFile('busybox', 40_000), 0o755)
  for (const name of applets) sys.symlink('/bin/busybox', `/bin/${name}`)
  put('/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n')
  put('/etc/group', 'root:x:0:\n')
  const run: Box['run'] = (argv, given = {}) => {
    const outcome = runProcess({
      kernel,
      namespace,
      argv,
      env: new Map(Object.entries({ PATH: defaultPath, HOME: '/root', ...given.env })),
      cwd: given.cwd ?? '/w',
      uid: given.uid ?? 0,
      gid: given.uid ?? 0,
      stdin: given.stdin === undefined ? emptyContent : contentOf(given.stdin),
      isMain: given.isMain ?? false,
      traceLookups: false,
      ...(given.gnu ? { flavour: 'gnu' as const } : {}),
      report: (report) => reports.push(report),
    })
    if (!outcome.started)
      return { stdout: '', stderr: outcome.failure.kind, code: 127, onTerm: null }
    const { ending } = outcome
    return {
      stdout: toText(outcome.stdout),
      stderr: toText(outcome.stderr),
      code: ending.kind === 'exited' ? ending.code : null,
      onTerm: ending.kind === 'parked' ? ending.onTerm : null,
    }
  }
  return {
    kernel,
    namespace,
    sys,
    events,
    reports,
    put,
    run,
    sh: (script, given) => run(['sh', '-c', script], given),
  }
}
