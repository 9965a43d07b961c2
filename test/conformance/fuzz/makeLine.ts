import { faultyLines, goodLines } from './lines.ts'
import type { Seeded } from './seeded.ts'

/** A line to type; `mustName`: the word at fault, that the answer has to name. */
export interface FuzzLine {
  readonly text: string
  readonly mustName: string | null
}

const words = [...new Set(goodLines.flatMap((line) => line.split(' ')))]

const oddities =
  '; | || & && > >> < << <<- <> >| >& <& ( ) { } ! $ $( $(( ${ )) } ` \' " \\ # * ? [ ] [[ ~ = -- - -z : /// .. . {{ }} {{.}} {{range {{end}} \n \t \0 \r é 🌊 99999999999999999999 -1 0x10 %s %n if then else fi do done case esac while for in function'.split(
    ' ',
  )

const removed = (text: string, from: number, length: number): string =>
  text.slice(0, from) + text.slice(from + length)

const inserted = (text: string, at: number, piece: string): string =>
  text.slice(0, at) + piece + text.slice(at)

const mutations: readonly ((line: string, random: Seeded) => string)[] = [
  (line, random) => removed(line, random.below(line.length + 1), 1 + random.below(6)),
  (line, random) => inserted(line, random.below(line.length + 1), random.pick(oddities)),
  (line, random) => inserted(line, random.below(line.length + 1), ` ${random.pick(words)} `),
  (line, random) => {
    const at = random.below(line.length + 1)
    return inserted(line, random.below(line.length + 1), line.slice(at, at + random.below(20)))
  },
  (line, random) => {
    const parts = line.split(' ')
    parts[random.below(parts.length)] = random.pick(words)
    return parts.join(' ')
  },
  (line, random) => {
    const parts = line.split(' ')
    parts.splice(random.below(parts.length), 1)
    return parts.join(' ')
  },
  (line, random) => {
    const parts = line.split(' ')
    const [from, to] = [random.below(parts.length), random.below(parts.length)]
    const moved = parts[from] ?? ''
    parts[from] = parts[to] ?? ''
    parts[to] = moved
    return parts.join(' ')
  },
  (line, random) =>
    `${line}${random.pick([' | ', ' && ', ' || ', '; ', ' & ', '\n'])}${random.pick(goodLines)}`,
  (line, random) => random.pick(['$(', '`', '(', '{ ', '"$(', "sh -c '"]) + line,
  (line) => `echo "$(${line})"`,
  (line, random) => {
    const at = random.below(line.length + 1)
    return inserted(line, at, String.fromCharCode(random.below(random.chance(0.8) ? 128 : 65_536)))
  },
]

const mutated = (random: Seeded): string => {
  let line = random.pick(goodLines)
  for (let count = 1 + random.below(4); count > 0; count -= 1)
    line = random.pick(mutations)(line, random)
  return line
}

const jumbled = (random: Seeded): string => {
  const parts: string[] = []
  for (let count = random.below(14); count >= 0; count -= 1) {
    parts.push(random.pick(random.chance(0.6) ? words : oddities))
  }
  return parts.join(random.chance(0.8) ? ' ' : '')
}

const noise = (random: Seeded): string =>
  Array.from({ length: random.below(60) }, () =>
    String.fromCharCode(random.below(random.chance(0.9) ? 128 : 65_536)),
  ).join('')

const faulty = (random: Seeded): FuzzLine => {
  const word = `zq${random.below(1_000_000).toString(36)}x`
  const text = random.pick(faultyLines).replaceAll('@', word)
  return { text, mustName: word }
}

/** The next line: a wrong word in a good line, a mutated line, a jumble of words, or plain noise. */
export const makeLine = (random: Seeded): FuzzLine => {
  const kind = random.below(10)
  if (kind < 2) return faulty(random)
  const text = kind < 7 ? mutated(random) : kind < 9 ? jumbled(random) : noise(random)
  return { text, mustName: null }
}
