import { type Content, concat, contentOf, pattern, slice, toText } from '../tree/content.ts'

const magic = '\x7fELF driftwood-program '

/** The file of a program as images and the host hold it: it says which program it is. */
export const programFile = (name: string, size: number): Content => {
  const head = contentOf(`${magic}${name}\n`)
  return concat(head, pattern(`${name} machine code `, Math.max(0, size - head.size)))
}

export type Executable =
  | { readonly kind: 'program'; readonly name: string }
  | { readonly kind: 'script'; readonly interpreter: string; readonly argument: string | null }
  | { readonly kind: 'other' }

/** Bytes at the start of a file that tell what it is. */
export const headBytes = 256

/** What the kernel makes of a file that is to be executed. */
export const recogniseExecutable = (content: Content): Executable => {
  const head = toText(slice(content, 0, headBytes))
  if (head.startsWith(magic)) {
    return { kind: 'program', name: head.slice(magic.length).split('\n')[0] ?? '' }
  }
  const script = /^#![ \t]*(\S+)(?:[ \t]+([^\n]*\S))?[ \t]*(?:\n|$)/.exec(head)
  if (script === null) return { kind: 'other' }
  return { kind: 'script', interpreter: script[1] ?? '', argument: script[2] ?? null }
}
