import type { TypedLine } from './transcript.ts'

/**
 * Makes what is random in an engine's output comparable: the n-th distinct id becomes `a%011d` (12
 * wide) or that and 52 zeros, BuildKit's layer ids `k%024d`, overlay2's short links `L%025d`; times
 * become `<ago>`, `<time>` and fixed dates; `docker diff` is sorted by path.
 */
export class Normaliser {
  readonly #ids = new Map<string, number>()
  readonly #layers = new Map<string, number>()
  readonly #links = new Map<string, number>()

  line(typed: TypedLine): TypedLine {
    const stdout = this.#text(typed.stdout)
    return {
      cmd: typed.cmd,
      stdout: isDiff(typed.cmd) ? sortedByPath(stdout) : stdout,
      stderr: this.#text(typed.stderr),
      exit: typed.exit,
    }
  }

  #text(text: string): string {
    return withoutTimes(text)
      .replace(/\/overlay2\/l\/([A-Z0-9]{26})\b/g, (_, link: string) => {
        return `/overlay2/l/L${numbered(this.#links, link, 25)}`
      })
      .replace(/\b(?=[a-z0-9]*[g-z])[a-z0-9]{25}\b/g, (id) => {
        return `k${numbered(this.#layers, id, 24)}`
      })
      .replace(/\b(?:[0-9a-f]{64}|[0-9a-f]{12})(?![0-9a-zA-Z])/g, (id) => this.#id(id))
  }

  /** A short id and the long one that it begins are the same. */
  #id(id: string): string {
    const short = `a${numbered(this.#ids, id.slice(0, 12), 11)}`
    return id.length === 12 ? short : short + '0'.repeat(52)
  }
}

const numbered = (known: Map<string, number>, id: string, width: number): string => {
  const number = known.get(id) ?? known.size + 1
  known.set(id, number)
  return String(number).padStart(width, '0')
}

const duration =
  '(?:Less than a second|About a minute|About an hour|\\d+ (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?))'

const withoutTimes = (text: string): string =>
  text
    .replace(new RegExp(`${duration} ago`, 'g'), '<ago>')
    .replace(new RegExp(`\\bUp ${duration}`, 'g'), 'Up <time>')
    .replace(
      /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g,
      '2024-01-01T00:00:00Z',
    )
    .replace(
      /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d [ \d]\d:\d\d\b/g,
      'Jan  1 00:00',
    )

const isDiff = (command: string): boolean => /^docker (?:container )?diff\b[^|;&]*$/.test(command)

const sortedByPath = (text: string): string => {
  const lines = text.split('\n').filter((line) => line !== '')
  lines.sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1))
  return lines.map((line) => `${line}\n`).join('')
}
