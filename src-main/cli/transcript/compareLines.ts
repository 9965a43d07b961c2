import type { RecordedLine, TypedLine } from './transcript.ts'

/**
 * Where a simulated line differs from the recorded one: one text per field. Both are normalised.
 * What an engine or a disk gives in random order (mounts, entries of a directory) is compared in sorted order, and the wording of a program in
 * a container is its own affair: only the engine's words on stderr count.
 */
export const differencesOf = (recorded: RecordedLine, simulated: TypedLine): string[] => {
  const found: string[] = []
  if (recorded.exit !== undefined && recorded.exit !== simulated.exit) {
    found.push(`exit ${simulated.exit}, recorded ${recorded.exit}`)
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    const expected = recorded[stream]
    if (expected === undefined) continue
    const isWorded = stream === 'stdout' || isEngineText(expected) || isEngineText(simulated.stderr)
    if (
      isWorded &&
      ordered(simulated.cmd, expected) !== ordered(simulated.cmd, simulated[stream])
    ) {
      found.push(
        `${stream} ${JSON.stringify(simulated[stream])}, recorded ${JSON.stringify(expected)}`,
      )
    }
  }
  return found
}

const isEngineText = (text: string): boolean =>
  /^(docker: |Error|OCI runtime|invalid |Unable to find| (?:Network|Volume|Container) |external volume|copying between|lstat )/m.test(
    text,
  )

const ordered = (command: string, text: string): string => {
  const folded = foldColumns(text)
  if (/^docker compose\b/.test(command)) return sortedLines(folded)
  if (/^docker (?:volume ls|images|image ls|volume prune|system prune)\b/.test(command)) {
    return sortedLines(withoutNumbers(folded))
  }
  if (/\bfind\b|\/proc\/mounts/.test(command)) return sortedLines(renumberedLinks(folded))
  return renumberedLinks(folded)
    .replace(/^\[\{"Type".*?\}\](?= |$)/gm, sortedMounts)
    .replace(/is in use - \[([^\]]*)\]/g, sortedIds)
}

/** Short links are numbered over all that the recorder has seen: within a text only their order counts. */
const renumberedLinks = (text: string): string => {
  const seen: string[] = []
  return text.replace(/\bL\d{25}\b/g, (link) => {
    if (!seen.includes(link)) seen.push(link)
    return `L${seen.indexOf(link)}`
  })
}

/** Times take different room in a column, so the padding around them says nothing. */
const foldColumns = (text: string): string =>
  /<ago>|<time>/.test(text)
    ? text.replace(/ {2,}/g, '  ').replace(/ *(<ago>|<time>) */g, ' $1 ')
    : text

const sortedLines = (text: string): string => text.split('\n').sort().join('\n')

/** Ids first seen in a list of random order get random numbers. */
const withoutNumbers = (text: string): string => text.replace(/\ba\d{11}(?:0{52})?\b/g, 'a…')

const sortedIds = (_: string, ids: string): string =>
  `is in use - [${ids.split(', ').sort().join(', ')}]`

const sortedMounts = (text: string): string => {
  try {
    const mounts = JSON.parse(text) as { Destination?: string; Target?: string }[]
    const place = (mount: { Destination?: string; Target?: string }) =>
      mount.Destination ?? mount.Target ?? ''
    return JSON.stringify(mounts.sort((a, b) => (place(a) < place(b) ? -1 : 1)))
  } catch {
    return text
  }
}
