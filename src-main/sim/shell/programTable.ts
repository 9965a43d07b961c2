import { processBinaries } from '../process/processBinaries.ts'
import type { Binary, InternalProgram, ProgramTable } from './machine.ts'
import { shellProgram } from './shellProgram.ts'
import { awk } from './tools/awk.ts'
import { cat } from './tools/cat.ts'
import { chmod } from './tools/chmod.ts'
import { chown } from './tools/chown.ts'
import { cp } from './tools/cp.ts'
import { dd } from './tools/dd.ts'
import { diff } from './tools/diff.ts'
import { df, du } from './tools/diskTools.ts'
import { echo } from './tools/echo.ts'
import { find } from './tools/find.ts'
import { grep } from './tools/grep.ts'
import { ls } from './tools/ls.ts'
import { ln, mkdir, mktemp, rmdir, sync, touch, truncate } from './tools/makeTools.ts'
import * as misc from './tools/miscTools.ts'
import { mv } from './tools/mv.ts'
import { printf } from './tools/printf.ts'
import { rm } from './tools/rm.ts'
import { sed } from './tools/sed.ts'
import { statTool } from './tools/stat.ts'
import { tar } from './tools/tar.ts'
import { testTool } from './tools/testTool.ts'
import * as text from './tools/textTools.ts'

const tools: ReadonlyMap<string, InternalProgram> = new Map(
  Object.entries({
    '[': testTool,
    '[[': testTool,
    ash: shellProgram,
    awk,
    basename: misc.basename,
    bash: shellProgram,
    cat,
    chgrp: chown,
    chmod,
    chown,
    clear: misc.clear,
    cmp: misc.cmp,
    cp,
    cut: text.cut,
    dash: shellProgram,
    date: misc.date,
    dd,
    df,
    diff,
    dirname: misc.dirname,
    du,
    echo,
    egrep: grep,
    env: misc.env,
    expr: misc.expr,
    false: misc.falseTool,
    fgrep: grep,
    find,
    fold: text.fold,
    grep,
    head: text.head,
    hexdump: misc.hexdump,
    hostname: misc.hostname,
    id: misc.id,
    install: misc.install,
    kill: misc.killTool,
    ln,
    ls,
    md5sum: misc.checksum,
    mkdir,
    mktemp,
    mount: misc.mount,
    mv,
    nice: misc.runRest,
    nl: text.nl,
    nohup: misc.runRest,
    nproc: misc.nproc,
    od: misc.od,
    paste: text.paste,
    printenv: misc.printenv,
    printf,
    ps: misc.ps,
    pwd: misc.pwd,
    readlink: misc.readlink,
    realpath: misc.realpath,
    rev: text.rev,
    rm,
    rmdir,
    sed,
    seq: misc.seq,
    sh: shellProgram,
    sha256sum: misc.checksum,
    sleep: misc.sleep,
    sort: text.sort,
    stat: statTool,
    sync,
    tac: text.tac,
    tail: text.tail,
    tar,
    tee: misc.tee,
    test: testTool,
    time: misc.runRest,
    timeout: misc.timeout,
    touch,
    tr: text.tr,
    true: misc.trueTool,
    truncate,
    uname: misc.uname,
    uniq: text.uniq,
    wc: text.wc,
    which: misc.which,
    whoami: misc.whoami,
    xargs: misc.xargs,
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
