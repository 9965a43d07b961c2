import { errnoText } from '../../errno.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { complain, joinPath, linesOf, readInput, readOptions, textOf, usage } from './support.ts'

type Edit = readonly [' ' | '-' | '+', string]

/** Files with more lines than this are compared as one change: the table would be too big. */
const mostLines = 2000

const edits = (a: readonly string[], b: readonly string[]): readonly Edit[] => {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end += 1
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const same = (line: string): Edit => [' ', line]
  return [...a.slice(0, start).map(same), ...middle(x, y), ...a.slice(a.length - end).map(same)]
}

const middle = (x: readonly string[], y: readonly string[]): readonly Edit[] => {
  if (x.length > mostLines || y.length > mostLines) {
    return [...x.map((line): Edit => ['-', line]), ...y.map((line): Edit => ['+', line])]
  }
  const width = y.length + 1
  const table = new Uint16Array((x.length + 1) * width)
  for (let i = x.length - 1; i >= 0; i -= 1) {
    for (let j = y.length - 1; j >= 0; j -= 1) {
      const next =
        x[i] === y[j]
          ? (table[(i + 1) * width + j + 1] as number) + 1
          : Math.max(table[(i + 1) * width + j] as number, table[i * width + j + 1] as number)
      table[i * width + j] = next
    }
  }
  const result: Edit[] = []
  let [i, j] = [0, 0]
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) {
      result.push([' ', x[i] as string])
      i += 1
      j += 1
    } else if (
      j >= y.length ||
      (i < x.length &&
        (table[(i + 1) * width + j] as number) >= (table[i * width + j + 1] as number))
    ) {
      result.push(['-', x[i] as string])
      i += 1
    } else {
      result.push(['+', y[j] as string])
      j += 1
    }
  }
  return result
}

const context3 = 3

/** Unified hunks of the edits. */
const hunks = (all: readonly Edit[]): string => {
  let text = ''
  let [oldLine, newLine] = [1, 1]
  const lines: { edit: Edit; oldLine: number; newLine: number }[] = []
  for (const edit of all) {
    lines.push({ edit, oldLine, newLine })
    if (edit[0] !== '+') oldLine += 1
    if (edit[0] !== '-') newLine += 1
  }
  const range = (from: number, count: number): string =>
    count === 1 ? String(from) : `${count === 0 ? from - 1 : from},${count}`
  for (let at = 0; at < lines.length; ) {
    if (lines[at]?.edit[0] === ' ') {
      at += 1
      continue
    }
    const start = Math.max(0, at - context3)
    let end = at
    for (let i = at; i < lines.length && i <= end + context3 * 2; i += 1)
      if (lines[i]?.edit[0] !== ' ') end = i
    const stop = Math.min(lines.length, end + 1 + context3)
    const part = lines.slice(start, stop)
    const oldCount = part.filter(({ edit }) => edit[0] !== '+').length
    const newCount = part.filter(({ edit }) => edit[0] !== '-').length
    const first = part[0] as (typeof lines)[number]
    text += `@@ -${range(first.oldLine, oldCount)} +${range(first.newLine, newCount)} @@\n`
    text += part.map(({ edit }) => `${edit[0]}${edit[1]}\n`).join('')
    at = stop
  }
  return text
}

const compareFiles = (context: ProcessContext, a: string, b: string, brief: boolean): number => {
  const left = readInput(context, a)
  const right = readInput(context, b)
  for (const [path, input] of [
    [a, left],
    [b, right],
  ] as const) {
    if (input.ok) continue
    complain(context, `can't stat '${path}': ${errnoText[input.errno]}`)
    return 2
  }
  if (!left.ok || !right.ok) return 2
  const [x, y] = [textOf(left.content), textOf(right.content)]
  if (x === y && left.content.size === right.content.size) return 0
  if (brief) context.out(`Files ${a} and ${b} differ\n`)
  else context.out(`--- ${a}\n+++ ${b}\n${hunks(edits(linesOf(x), linesOf(y)))}`)
  return 1
}

const compareTrees = (context: ProcessContext, a: string, b: string, brief: boolean): number => {
  context.step()
  const names = (path: string): readonly string[] => {
    const entries = context.sys.readdir(path)
    return entries.ok ? entries.value.map(({ name }) => name) : []
  }
  const [left, right] = [names(a), names(b)]
  let code = 0
  for (const name of [...new Set([...left, ...right])].sort()) {
    const [x, y] = [joinPath(a, name), joinPath(b, name)]
    if (!right.includes(name)) context.out(`Only in ${a}: ${name}\n`)
    else if (!left.includes(name)) context.out(`Only in ${b}: ${name}\n`)
    const both = left.includes(name) && right.includes(name)
    code = Math.max(code, both ? compare(context, x, y, brief, true) : 1)
  }
  return code
}

const compare = (
  context: ProcessContext,
  a: string,
  b: string,
  brief: boolean,
  recursive: boolean,
): number => {
  const [left, right] = [context.sys.stat(a), context.sys.stat(b)]
  const directories = left.ok && right.ok && left.value.kind === 'dir' && right.value.kind === 'dir'
  return directories && recursive
    ? compareTrees(context, a, b, brief)
    : compareFiles(context, a, b, brief)
}

/** diff: unified, as busybox prints it. 0 same, 1 different, 2 error. */
export const diff: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'abBdiqrNtTwU:us',
    long: { brief: 'q', recursive: 'r', unified: 'u' },
  })
  if (options === null) return 2
  const [a, b] = options.operands
  if (a === undefined || b === undefined) {
    usage(context, '[-qr] [-U LINES] FILE1 FILE2')
    return 2
  }
  return compare(context, a, b, options.has('q'), options.has('r'))
}
