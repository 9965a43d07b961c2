import { composeCommands } from './command/composeCommands.ts'
import { commands } from './command/docker.ts'
import { helpText } from './command/resolve.ts'

const tools: Readonly<Record<string, string>> = {
  cat: 'cat FILE...: print files. Reads only: nothing is copied up.',
  cd: 'cd [DIRECTORY]: go to another directory of the host.',
  chmod:
    'chmod MODE FILE...: change permissions. In a container it copies an image file up, whole.',
  cp: 'cp [-r] SOURCE TARGET: copy. The copy is a new file.',
  dd: 'dd if=FILE of=FILE bs=N count=N: copy blocks.',
  docker: 'docker COMMAND: the engine. `docker help` lists what Driftwood simulates.',
  echo: 'echo TEXT [> FILE | >> FILE]: print, or write to a file. >> copies an image file up, > does not.',
  nano: 'nano FILE: the editor. In Driftwood it opens beside the terminal, not inside it.',
  mkdir: 'mkdir [-p] DIRECTORY: make a directory; -p makes its parents too.',
  pwd: 'pwd: print where the prompt stands.',
  find: 'find PATH [-name PATTERN] [-type f|d]: list what lies below a path.',
  grep: 'grep PATTERN FILE...: print lines that match.',
  help: 'help [WORDS]: short help, for example `help volume prune`.',
  ls: 'ls [-l] [-a] [PATH]: list a directory.',
  mv: 'mv SOURCE TARGET: rename. A directory of the image cannot be renamed: mv copies it instead.',
  rm: 'rm [-r] [-f] FILE...: remove. A file of the image is hidden by a whiteout, not freed.',
  sed: "sed [-i] 's/OLD/NEW/' FILE: edit. -i writes a new file and renames it into place.",
  touch: 'touch FILE: make a file or set its time. An image file is copied up for it.',
}

/** Short help for a docker command or a tool; null when nothing is known. */
export const helpFor = (words: readonly string[]): string | null => {
  const bare = words[0] === 'docker' ? words.slice(1) : words
  if (words.length === 0) {
    const names = Object.keys(tools).join(' ')
    return `Tools of the host: ${names}, and more.\nhelp TOOL or help COMMAND (\`help docker run\`) tells more; \`docker help\` lists the engine's commands.\n`
  }
  const path = bare.join(' ')
  const command = [...commands, ...composeCommands].find(
    (candidate) => candidate.path === path || candidate.aliases?.includes(path) === true,
  )
  if (command !== undefined) return helpText(command, path)
  const tool = Object.hasOwn(tools, words[0] ?? '') ? tools[words[0] ?? ''] : undefined
  return tool === undefined ? null : `${tool}\n`
}
