import { bracketSet } from '../pattern.ts'

/** A regular expression of grep, sed, awk and expr. Bounded: a search gives up after many steps. */
export interface Regex {
  readonly groups: number
  /** The leftmost match at or after `from`. */
  exec(text: string, from?: number): RegexMatch | null
}

export interface RegexMatch {
  readonly start: number
  readonly end: number
  readonly groups: readonly (string | undefined)[]
}

class RegexFault extends Error {}

interface Search {
  readonly text: string
  readonly starts: number[]
  readonly ends: number[]
  steps: number
  depth: number
}

type Next = (at: number) => boolean
type Node = (search: Search, at: number, next: Next) => boolean
type CharTest = (char: string) => boolean

interface Piece {
  readonly node: Node
  /** Set when the piece always takes exactly one character: repeats without recursion. */
  readonly single: CharTest | null
}

const mostSteps = 300_000
const mostDepth = 1500

const spend = (search: Search): boolean => {
  search.steps += 1
  return search.steps <= mostSteps
}

const singleNode =
  (test: CharTest): Node =>
  (search, at, next) =>
    spend(search) && at < search.text.length && test(search.text[at] as string) && next(at + 1)

const sequence = (pieces: readonly Piece[]): Node => {
  const run = (i: number, search: Search, at: number, next: Next): boolean => {
    const piece = pieces[i]
    if (piece === undefined) return next(at)
    return piece.node(search, at, (end) => run(i + 1, search, end, next))
  }
  return (search, at, next) => run(0, search, at, next)
}

const repeatSingle =
  (test: CharTest, min: number, max: number): Node =>
  (search, at, next) => {
    let end = at
    while (end - at < max && end < search.text.length && test(search.text[end] as string)) end += 1
    for (; end - at >= min; end -= 1) {
      if (!spend(search)) return false
      if (next(end)) return true
    }
    return false
  }

const repeatNode = (node: Node, min: number, max: number): Node => {
  const run = (count: number, search: Search, at: number, next: Next): boolean => {
    if (!spend(search) || search.depth > mostDepth) return false
    search.depth += 1
    const more =
      count < max &&
      node(search, at, (end) => (end > at || count < min) && run(count + 1, search, end, next))
    search.depth -= 1
    return more || (count >= min && next(at))
  }
  return (search, at, next) => run(0, search, at, next)
}

const isWordChar = (char: string | undefined): boolean => char !== undefined && /\w/.test(char)

class Compiler {
  private at = 0
  groups = 0
  private depth = 0
  private readonly source: string
  private readonly extended: boolean
  private readonly ignoreCase: boolean

  constructor(source: string, extended: boolean, ignoreCase: boolean) {
    this.source = source
    this.extended = extended
    this.ignoreCase = ignoreCase
  }

  all(): Node {
    const node = this.alternatives()
    if (this.at < this.source.length) throw new RegexFault('unmatched parenthesis')
    return node
  }

  private looksAt(text: string): boolean {
    return this.source.startsWith(text, this.at)
  }

  private token(name: '(' | ')' | '|' | '{' | '}'): string {
    return this.extended ? name : `\\${name}`
  }

  private alternatives(): Node {
    this.depth += 1
    if (this.depth > 60) throw new RegexFault('nested too deep')
    const branches = [this.branch()]
    while (this.looksAt(this.token('|'))) {
      this.at += this.token('|').length
      branches.push(this.branch())
    }
    this.depth -= 1
    if (branches.length === 1) return branches[0] as Node
    return (search, at, next) => branches.some((one) => one(search, at, next))
  }

  private branch(): Node {
    const pieces: Piece[] = []
    while (this.at < this.source.length && !this.looksAt(this.token('|'))) {
      if (this.looksAt(this.token(')')) && (this.depth > 1 || !this.extended)) break
      pieces.push(this.quantified(this.atom(pieces.length === 0)))
    }
    return sequence(pieces)
  }

  private quantified(piece: Piece): Piece {
    let current = piece
    for (;;) {
      const bounds = this.quantifier()
      if (bounds === null) return current
      const [min, max] = bounds
      const { single, node } = current
      current = {
        node: single === null ? repeatNode(node, min, max) : repeatSingle(single, min, max),
        single: null,
      }
    }
  }

  private quantifier(): readonly [number, number] | null {
    const many = Number.POSITIVE_INFINITY
    const plain: Record<string, readonly [number, number]> = { '*': [0, many] }
    if (this.extended) Object.assign(plain, { '+': [1, many], '?': [0, 1] })
    else Object.assign(plain, { '\\+': [1, many], '\\?': [0, 1] })
    for (const [text, bounds] of Object.entries(plain)) {
      if (!this.looksAt(text)) continue
      this.at += text.length
      return bounds
    }
    if (!this.looksAt(this.token('{'))) return null
    const match = (this.extended ? /^\{(\d*)(,?)(\d*)\}/ : /^\\\{(\d*)(,?)(\d*)\\\}/).exec(
      this.source.slice(this.at),
    )
    if (match === null) {
      if (this.extended) return null
      throw new RegexFault('bad repetition')
    }
    this.at += match[0].length
    const min = Number(match[1] || '0')
    const max = match[2] === '' ? min : match[3] === '' ? many : Number(match[3])
    if (min > 1000 || (max !== many && (max > 1000 || max < min)))
      throw new RegexFault('bad repetition')
    return [min, max]
  }

  private atom(first: boolean): Piece {
    const char = this.source[this.at] as string
    if (this.looksAt(this.token('('))) return this.group()
    if (this.extended && (char === '*' || char === '+' || char === '?') && first) {
      if (char === '*') return this.literal(char)
      throw new RegexFault('nothing to repeat')
    }
    if (char === '^' && (this.extended || first)) {
      this.at += 1
      return anchor((_, at) => at === 0)
    }
    const last =
      this.at + 1 === this.source.length ||
      this.source.startsWith(this.token(')'), this.at + 1) ||
      this.source.startsWith(this.token('|'), this.at + 1)
    if (char === '$' && (this.extended || last)) {
      this.at += 1
      return anchor((text, at) => at === text.length)
    }
    if (char === '.') {
      this.at += 1
      return single(() => true)
    }
    if (char === '[') return this.set()
    if (char === '\\') return this.escape()
    return this.literal(char)
  }

  private literal(char: string): Piece {
    this.at += 1
    if (!this.ignoreCase) return single((one) => one === char)
    const lower = char.toLowerCase()
    return single((one) => one.toLowerCase() === lower)
  }

  private set(): Piece {
    const set = bracketSet(this.source, this.at, false)
    if (set === null || this.source[this.at + 1] === '!') return this.oddSet(set)
    this.at = set.end
    const { matches } = set
    if (!this.ignoreCase) return single(matches)
    return single((one) => matches(one.toLowerCase()) || matches(one.toUpperCase()))
  }

  /** `[!` is no negation in a regular expression. */
  private oddSet(set: ReturnType<typeof bracketSet>): Piece {
    if (set === null) throw new RegexFault('unmatched [')
    const body = this.source.slice(this.at + 2, set.end)
    const rest = body === ']' ? null : bracketSet(`[${body}`, 0, false)
    this.at = set.end
    return single((one) => one === '!' || (rest?.matches(one) ?? false))
  }

  private escape(): Piece {
    const char = this.source[this.at + 1]
    if (char === undefined) throw new RegexFault('trailing backslash')
    this.at += 2
    if (/[1-9]/.test(char)) return this.backReference(Number(char))
    switch (char) {
      case 'n':
        return single((one) => one === '\n')
      case 't':
        return single((one) => one === '\t')
      case 'w':
        return single((one) => isWordChar(one))
      case 'W':
        return single((one) => !isWordChar(one))
      case 's':
        return single((one) => /\s/.test(one))
      case 'S':
        return single((one) => /\S/.test(one))
      case 'b':
        return anchor((text, at) => isWordChar(text[at - 1]) !== isWordChar(text[at]))
      case 'B':
        return anchor((text, at) => isWordChar(text[at - 1]) === isWordChar(text[at]))
      case '<':
        return anchor((text, at) => !isWordChar(text[at - 1]) && isWordChar(text[at]))
      case '>':
        return anchor((text, at) => isWordChar(text[at - 1]) && !isWordChar(text[at]))
      default:
        this.at -= 1
        return this.literal(char)
    }
  }

  private backReference(number: number): Piece {
    if (number > this.groups) throw new RegexFault('bad back reference')
    return {
      single: null,
      node: (search, at, next) => {
        const start = search.starts[number] ?? -1
        const end = search.ends[number] ?? -1
        if (start < 0 || end < 0) return false
        const text = search.text.slice(start, end)
        return spend(search) && search.text.startsWith(text, at) && next(at + text.length)
      },
    }
  }

  private group(): Piece {
    this.at += this.token('(').length
    this.groups += 1
    const number = this.groups
    const inner = this.alternatives()
    if (!this.looksAt(this.token(')'))) throw new RegexFault('unmatched (')
    this.at += this.token(')').length
    return {
      single: null,
      node: (search, at, next) => {
        const before = [search.starts[number], search.ends[number]] as const
        const matched = inner(search, at, (end) => {
          const held = [search.starts[number], search.ends[number]] as const
          search.starts[number] = at
          search.ends[number] = end
          if (next(end)) return true
          ;[search.starts[number], search.ends[number]] = held as [number, number]
          return false
        })
        if (!matched) [search.starts[number], search.ends[number]] = before as [number, number]
        return matched
      },
    }
  }
}

const single = (test: CharTest): Piece => ({ node: singleNode(test), single: test })

const anchor = (test: (text: string, at: number) => boolean): Piece => ({
  single: null,
  node: (search, at, next) => test(search.text, at) && next(at),
})

/** Compiles a basic or extended regular expression; null when it is wrong. */
export const compileRegex = (
  source: string,
  options: { readonly extended?: boolean; readonly ignoreCase?: boolean } = {},
): Regex | null => {
  const compiler = new Compiler(source, options.extended ?? false, options.ignoreCase ?? false)
  let node: Node
  try {
    node = compiler.all()
  } catch (fault) {
    if (fault instanceof RegexFault) return null
    throw fault
  }
  const { groups } = compiler
  const plain = /^[A-Za-z0-9 _\-/:=,;@%<>"'&~!#]*$/.test(source) && !(options.ignoreCase ?? false)
  return {
    groups,
    exec: (text, from = 0) => {
      if (plain) {
        const start = text.indexOf(source, from)
        return start < 0 ? null : { start, end: start + source.length, groups: [source] }
      }
      const search: Search = { text, starts: [], ends: [], steps: 0, depth: 0 }
      for (let start = from; start <= text.length; start += 1) {
        let end = -1
        search.starts.length = 0
        search.ends.length = 0
        const found = node(search, start, (at) => {
          end = at
          return true
        })
        if (found) {
          const captured = Array.from({ length: groups + 1 }, (_, i) => {
            if (i === 0) return text.slice(start, end)
            const a = search.starts[i] ?? -1
            return a < 0 ? undefined : text.slice(a, search.ends[i])
          })
          return { start, end, groups: captured }
        }
        if (search.steps > mostSteps) return null
      }
      return null
    },
  }
}
