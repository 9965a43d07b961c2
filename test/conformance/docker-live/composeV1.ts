import { spawnSync } from 'node:child_process'
import { posix } from 'node:path'
import type { LiveLine, LiveScript } from './liveScript.ts'

/**
 * Debian packages compose 1.29, a program of its own. It does to containers and volumes what the plugin
 * does; it says so in other words, and joins names with `_`.
 */
let isHere: boolean | null = null

/** Why compose lines cannot be typed; null when they can. */
export const composeMissing = (): string | null => {
  isHere ??= spawnSync('docker-compose', ['version']).status === 0
  return isHere ? null : 'no docker-compose (Debian: apt-get install docker-compose)'
}

const servicesIn = ({ files }: LiveScript): readonly string[] => {
  const sections = Object.entries(files).flatMap(([path, file]) =>
    typeof file === 'string' && /\.ya?ml$/.test(path)
      ? (/^services:\n((?: .*\n|\n)*)/m.exec(file)?.[1] ?? [])
      : [],
  )
  return [...new Set(sections.join('\n').match(/(?<=^ {2})[a-z][\w-]*(?=:)/gm) ?? [])]
}

/** Names of containers and built images as the plugin makes them, with those of compose 1.29. */
const namesOf = (script: LiveScript): readonly (readonly [string, string])[] => {
  const project = posix.basename(script.cwd)
  return servicesIn(script).flatMap((service) => [
    [`${project}-${service}-1`, `${project}_${service}_1`] as const,
    [`${project}-${service}`, `${project}_${service}`] as const,
  ])
}

const renamed = (text: string, names: readonly (readonly [string, string])[]): string =>
  names.reduce((before, [from, to]) => before.replaceAll(from, to), text)

const usesCompose = ({ lines }: LiveScript): boolean =>
  lines.some(({ text }) => /\bdocker compose\b/.test(text))

/** `exec` prints what its command prints, `ps -q` ids; everything else tells what compose does. */
const isTold = (line: string): boolean =>
  /\bdocker compose\b(?!(?: -p \w+)? exec )(?! ps -q)/.test(line)

/** The script as compose 1.29 has to be given it. */
export const forComposeV1 = (script: LiveScript): LiveScript => {
  if (!usesCompose(script)) return script
  const missing = composeMissing()
  const names = namesOf(script)
  const lineFor = (line: LiveLine): LiveLine => {
    if (missing !== null && /\bdocker compose\b/.test(line.text)) {
      return { ...line, notOnEngine: missing }
    }
    const typed = (line.onEngine ?? line.text).replace(/\bdocker compose\b/g, 'docker-compose')
    const told = isTold(line.text)
      ? { notCompared: 'compose 1.29 tells its steps in its own way' }
      : {}
    return { ...line, ...told, onEngine: renamed(typed, names) }
  }
  return { ...script, lines: script.lines.map(lineFor) }
}

/** An answer of the engine with the names that the plugin would have given. */
export const asPlugin = (script: LiveScript, text: string): string =>
  usesCompose(script)
    ? renamed(
        text,
        namesOf(script).map(([plugin, v1]) => [v1, plugin]),
      )
    : text
