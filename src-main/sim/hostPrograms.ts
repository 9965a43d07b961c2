import type { Program } from './shell/program.ts'

/** Editors take over a terminal; the game has its own beside the prompt. */
const editors = 'nano vi vim nvim emacs code micro pico'.split(' ')

const editor: Program = (context) => {
  const [name = '', file = 'a file'] = context.argv
  context.err(
    `not simulated in Driftwood: ${name}. Open ${file} in the editor of the game, or write it with echo, printf or sed -i.\n`,
  )
  return 1
}

/** Programs that a host has and that tell why they are not simulated. */
export const hostPrograms: ReadonlyMap<string, Program> = new Map(
  editors.map((name) => [name, editor] as const),
)
