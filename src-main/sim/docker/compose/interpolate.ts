/** What `${…}` in a compose file became, the names that had no value, or what is wrong. */
export type Interpolated =
  | { readonly ok: true; readonly text: string; readonly unset: readonly string[] }
  | { readonly ok: false; readonly kind: 'syntax'; readonly at: string }
  | { readonly ok: false; readonly kind: 'required'; readonly name: string; readonly why: string }

type Failure = Extract<Interpolated, { readonly ok: false }>

const namePattern = /^[A-Za-z_][A-Za-z0-9_]*/

/** Index of the brace that closes the one at `open`; -1 when there is none. */
const closingBrace = (text: string, open: number): number => {
  let depth = 0
  for (let i = open; i < text.length; i += 1) {
    if (text[i] === '{' && text[i - 1] === '$') depth += 1
    if (text[i] === '}') {
      depth -= 1
      if (depth === 0) return i
    }
  }
  return -1
}

interface Scope {
  readonly variables: ReadonlyMap<string, string>
  readonly unset: Set<string>
}

const braced = (scope: Scope, inner: string, whole: string): string | Failure => {
  const name = namePattern.exec(inner)?.[0]
  if (name === undefined) return { ok: false, kind: 'syntax', at: whole }
  const rest = inner.slice(name.length)
  const value = scope.variables.get(name)
  if (rest === '') {
    if (value === undefined) scope.unset.add(name)
    return value ?? ''
  }
  const operator = /^:?[-+?]/.exec(rest)?.[0]
  if (operator === undefined) return { ok: false, kind: 'syntax', at: whole }
  const word = rest.slice(operator.length)
  const isSet = value !== undefined && (!operator.startsWith(':') || value !== '')
  if (operator.endsWith('-')) return isSet ? value : replaceAll(scope, word)
  if (operator.endsWith('+')) return isSet ? replaceAll(scope, word) : ''
  return isSet ? value : { ok: false, kind: 'required', name, why: word }
}

const replaceAll = (scope: Scope, text: string): string | Failure => {
  let made = ''
  for (let i = 0; i < text.length; ) {
    if (text[i] !== '$') {
      made += text[i]
      i += 1
      continue
    }
    if (text[i + 1] === '$') {
      made += '$'
      i += 2
      continue
    }
    if (text[i + 1] === '{') {
      const end = closingBrace(text, i + 1)
      if (end < 0) return { ok: false, kind: 'syntax', at: text.slice(i) }
      const value = braced(scope, text.slice(i + 2, end), text.slice(i, end + 1))
      if (typeof value !== 'string') return value
      made += value
      i = end + 1
      continue
    }
    const name = namePattern.exec(text.slice(i + 1))?.[0]
    if (name === undefined) return { ok: false, kind: 'syntax', at: text.slice(i) }
    const value = scope.variables.get(name)
    if (value === undefined) scope.unset.add(name)
    made += value ?? ''
    i += 1 + name.length
  }
  return made
}

/** Puts variables in place of `$NAME`, `${NAME}`, `${NAME:-default}` and their kin; `$$` is a dollar. */
export const interpolate = (text: string, variables: ReadonlyMap<string, string>): Interpolated => {
  const scope: Scope = { variables, unset: new Set() }
  const made = replaceAll(scope, text)
  return typeof made === 'string' ? { ok: true, text: made, unset: [...scope.unset] } : made
}
