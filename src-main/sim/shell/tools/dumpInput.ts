import { type Content, concat, emptyContent, slice, toBytes } from '../../tree/content.ts'
import type { ProcessContext } from '../machine.ts'
import { complainOf, readInput } from './support.ts'

/** What od and hexdump show at most; the rest of bigger inputs is left out. */
const mostShown = 1 << 20

/** Rows that count as one step of work. */
const rowsOfStep = 64

export interface DumpInput {
  readonly content: Content
  /** At least one operand could be opened. */
  readonly opened: boolean
  readonly failed: 'nothing' | 'open' | 'read'
}

/** The operands' bytes in a row, standard input when there are none. */
export const dumpInput = (
  context: ProcessContext,
  operands: readonly string[],
  onReadError: (path: string) => void = (path) => complainOf(context, path, 'EISDIR'),
): DumpInput => {
  let content = emptyContent
  let opened = false
  let failed: DumpInput['failed'] = 'nothing'
  for (const path of operands.length === 0 ? ['-'] : operands) {
    const input = readInput(context, path)
    if (input.ok) content = concat(content, input.content)
    else if (input.stage === 'open') {
      complainOf(context, path, input.errno)
      failed = 'open'
      continue
    } else {
      onReadError(path)
      if (failed === 'nothing') failed = 'read'
    }
    opened = true
  }
  return { content, opened, failed }
}

/** Bytes of the input from `skip` on, `limit` of them at most. */
export const shownBytes = (content: Content, skip: number, limit: number): Uint8Array =>
  toBytes(slice(content, skip, skip + Math.min(limit, mostShown)))

/** Rows of `width` bytes, the last one shorter; `same`: it is the row before once more. */
export function* rowsOf(
  context: ProcessContext,
  bytes: Uint8Array,
  width: number,
): Generator<{ readonly at: number; readonly part: Uint8Array; readonly same: boolean }> {
  const isSame = (at: number, length: number): boolean => {
    for (let i = 0; i < length; i += 1) if (bytes[at + i] !== bytes[at - width + i]) return false
    return true
  }
  for (let at = 0; at < bytes.length; at += width) {
    if ((at / width) % rowsOfStep === 0) context.step()
    const part = bytes.subarray(at, at + width)
    yield { at, part, same: at > 0 && isSame(at, part.length) }
  }
}

const units: Readonly<Record<string, number>> = { '': 1, b: 512, k: 1024, m: 1 << 20 }

/** A count of bytes as C writes numbers (`0x10`, `010`), with b, k or m after it; null if none. */
export const byteCount = (text: string): number | null => {
  const match = /^(?:0x([0-9a-f]+)|0([0-7]*)|([1-9]\d*))([bkm]?)$/i.exec(text)
  if (match === null) return null
  const [, hex, octal, decimal, unit = ''] = match
  const number =
    hex !== undefined
      ? Number.parseInt(hex, 16)
      : decimal !== undefined
        ? Number(decimal)
        : Number.parseInt(`0${octal}`, 8)
  return number * (units[unit] ?? 1)
}
