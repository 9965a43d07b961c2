import { processBinaries } from '../process/processBinaries.ts'
import type { Binary, InternalProgram, ProgramTable } from './machine.ts'
import { shellProgram } from './shellProgram.ts'
import { awk } from './tools/awk.ts'
import { cat } from './tools/cat.ts'
import { checksum } from './tools/checksum.ts'
import { chmod } from './tools/chmod.ts'
import { chown } from './tools/chown.ts'
import { cmp } from './tools/cmp.ts'
import { cp } from './tools/cp.ts'
import { dd } from './tools/dd.ts'
import { diff } from './tools/diff.ts'
import { df, du } from './tools/diskTools.ts'
import { echo } from './tools/echo.ts'
import { expr } from './tools/expr.ts'
import { find } from './tools/find.ts'
import { grep } from './tools/grep.ts'
import { hexdump } from './tools/hexdump.ts'
import { install } from './tools/install.ts'
import { ls } from './tools/ls.ts'
import { ln, mkdir, mktemp, rmdir, sync, touch, truncate } from './tools/makeTools.ts'
import { mv } from './tools/mv.ts'
import { mkfifo, mknod } from './tools/nodeTools.ts'
import { od } from './tools/od.ts'
import { basename, dirname, pwd, readlink, realpath } from './tools/pathTools.ts'
import { printf } from './tools/printf.ts'
import { ps } from './tools/ps.ts'
import { rm } from './tools/rm.ts'
import { env, printenv, runRest, timeout, which, xargs } from './tools/runTools.ts'
import { sed } from './tools/sed.ts'
import { seq } from './tools/seq.ts'
import { clear, falseTool, tee, trueTool } from './tools/smallTools.ts'
import { statTool } from './tools/stat.ts'
import { hostname, id, killTool, mount, nproc, uname, whoami } from './tools/systemTools.ts'
import { tar } from './tools/tar.ts'
import { testTool } from './tools/testTool.ts'
import * as text from './tools/textTools.ts'
import { date, sleep } from './tools/timeTools.ts'

const tools: ReadonlyMap<string, InternalProgram> = new Map(
  Object.entries({
    '[': testTool,
    '[[': testTool,
    ash: shellProgram,
    awk,
    basename,
    bash: shellProgram,
    cat,
    chgrp: chown,
    chmod,
    chown,
    clear,
    cmp,
    cp,
    cut: text.cut,
    dash: shellProgram,
    date,
    dd,
    df,
    diff,
    dirname,
    du,
    echo,
    egrep: grep,
    env,
    expr,
    false: falseTool,
    fgrep: grep,
    find,
    fold: text.fold,
    grep,
    head: text.head,
    hexdump,
    hostname,
    id,
    install,
    kill: killTool,
    ln,
    ls,
    md5sum: checksum,
    mkdir,
    mkfifo,
    mknod,
    mktemp,
    mount,
    mv,
    nice: runRest,
    nl: text.nl,
    nohup: runRest,
    nproc,
    od,
    paste: text.paste,
    printenv,
    printf,
    ps,
    pwd,
    readlink,
    realpath,
    rev: text.rev,
    rm,
    rmdir,
    sed,
    seq,
    sh: shellProgram,
    sha256sum: checksum,
    sleep,
    sort: text.sort,
    stat: statTool,
    sync,
    tac: text.tac,
    tail: text.tail,
    tar,
    tee,
    test: testTool,
    time: runRest,
    timeout,
    touch,
    tr: text.tr,
    true: trueTool,
    truncate,
    uname,
    uniq: text.uniq,
    wc: text.wc,
    which,
    whoami,
    xargs,
    yes: text.yes,
  }),
)

const binaries: ReadonlyMap<string, Binary> = new Map<string, Binary>([
  ['busybox', { program: null, flavour: 'busybox' }],
  ['coreutils', { program: null, flavour: 'gnu' }],
  ...[...tools].map(([name, program]) => [name, { program, flavour: 'gnu' }] as const),
  ...processBinaries,
])

/** Every program that can run in the simulation. */
export const programTable: ProgramTable = { tools, binaries }
