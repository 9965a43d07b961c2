/**
 * Shell patterns (fnmatch): `*`, `?`, `[...]`, and `\x` for a literal x. Linear in practice: one
 * star is retried at a time, as pathname components need no more.
 */
interface Step {
  readonly star: boolean
  matches(char: string): boolean
}

const classes: Record<string, RegExp> = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /\s/,
  blank: /[ \t]/,
  punct: /[!-/:-@[-`{-~]/,
  xdigit: /[0-9A-Fa-f]/,
}

/** A set `[...]` starting at `at`: what it matches and where it ends; null when it never closes. */
export const bracketSet = (
  pattern: string,
  at: number,
  literalEscape = true,
): { readonly matches: (char: string) => boolean; readonly end: number } | null => {
  let i = at + 1
  const negated = pattern[i] === '!' || pattern[i] === '^'
  if (negated) i += 1
  const tests: ((char: string) => boolean)[] = []
  for (let first = true; ; first = false) {
    const char = pattern[i]
    if (char === undefined) return null
    if (char === ']' && !first) break
    const named = /^\[:([a-z]+):\]/.exec(pattern.slice(i, i + 12))
    if (named !== null) {
      const test = classes[named[1] ?? '']
      tests.push((one) => test?.test(one) ?? false)
      i += named[0].length
      continue
    }
    if (char === '\\' && literalEscape && pattern[i + 1] !== undefined) i += 1
    const from = pattern[i] ?? ''
    if (pattern[i + 1] === '-' && pattern[i + 2] !== undefined && pattern[i + 2] !== ']') {
      const to = pattern[i + 2] ?? ''
      tests.push((one) => one >= from && one <= to)
      i += 3
    } else {
      tests.push((one) => one === from)
      i += 1
    }
  }
  return { matches: (char) => tests.some((test) => test(char)) !== negated, end: i + 1 }
}

const compile = (pattern: string): readonly Step[] => {
  const steps: Step[] = []
  for (let i = 0; i < pattern.length; ) {
    const char = pattern[i] as string
    const set = char === '[' ? bracketSet(pattern, i) : null
    if (char === '*') {
      if (!steps.at(-1)?.star) steps.push({ star: true, matches: () => true })
      i += 1
    } else if (char === '?') {
      steps.push({ star: false, matches: () => true })
      i += 1
    } else if (set !== null) {
      steps.push({ star: false, matches: set.matches })
      i = set.end
    } else {
      const literal = char === '\\' ? (pattern[i + 1] ?? '\\') : char
      steps.push({ star: false, matches: (one) => one === literal })
      i += char === '\\' && i + 1 < pattern.length ? 2 : 1
    }
  }
  return steps
}

const matchSteps = (steps: readonly Step[], text: string): boolean => {
  let step = 0
  let at = 0
  let starStep = -1
  let starAt = 0
  while (at < text.length) {
    const now = steps[step]
    if (now?.star) {
      starStep = step
      starAt = at
      step += 1
    } else if (now?.matches(text[at] as string)) {
      step += 1
      at += 1
    } else if (starStep >= 0) {
      step = starStep + 1
      starAt += 1
      at = starAt
    } else return false
  }
  while (steps[step]?.star) step += 1
  return step === steps.length
}

/** A test for one pattern. */
export const patternMatcher = (pattern: string): ((text: string) => boolean) => {
  const steps = compile(pattern)
  return (text) => matchSteps(steps, text)
}

/** Is there anything in the pattern that a plain comparison would not do? */
export const hasWildcard = (pattern: string): boolean => /(^|[^\\])(\\\\)*[*?[]/.test(pattern)

/** The text that a pattern without wildcards stands for. */
export const unescapePattern = (pattern: string): string => pattern.replace(/\\([\s\S])/g, '$1')

/** A pattern that matches exactly this text. */
export const escapePattern = (text: string): string => text.replace(/[\\*?[\]]/g, '\\$&')
