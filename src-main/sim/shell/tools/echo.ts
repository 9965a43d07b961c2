import type { InternalProgram } from '../machine.ts'
import { unescapeText } from './unescapeText.ts'

/** echo, with busybox's -n and -e. */
export const echo: InternalProgram = (context) => {
  let args = context.argv.slice(1)
  let newline = true
  let escapes = false
  while (/^-[neE]+$/.test(args[0] ?? '')) {
    for (const one of (args[0] as string).slice(1)) {
      if (one === 'n') newline = false
      else escapes = one === 'e'
    }
    args = args.slice(1)
  }
  const text = args.join(' ')
  const shown = escapes ? unescapeText(text, false) : { text, stopped: false }
  context.out(shown.text + (newline && !shown.stopped ? '\n' : ''))
  return 0
}
