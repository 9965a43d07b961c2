import type { Syscalls } from '../vfs/syscalls.ts'
import { hasWildcard, patternMatcher, unescapePattern } from './pattern.ts'

const join = (dir: string, name: string): string =>
  dir === '' || dir.endsWith('/') ? `${dir}${name}` : `${dir}/${name}`

/** Splits at unescaped slashes; a leading slash gives an empty first component. */
const components = (pattern: string): readonly string[] => pattern.split('/')

const expandComponent = (sys: Syscalls, dir: string, component: string): readonly string[] => {
  if (!hasWildcard(component)) {
    const path = join(dir, unescapePattern(component))
    return sys.lstat(path === '' ? '/' : path).ok ? [path] : []
  }
  const entries = sys.readdir(dir === '' ? '.' : dir)
  if (!entries.ok) return []
  const matches = patternMatcher(component)
  const showHidden = component.startsWith('.') || component.startsWith('\\.')
  return entries.value
    .filter(({ name }) => (showHidden || !name.startsWith('.')) && matches(name))
    .map(({ name }) => join(dir, name))
}

/**
 * The paths a pattern matches, sorted; none when nothing does. `pattern` has quoted parts escaped;
 * `step` counts the names that are looked at.
 */
export const globPaths = (
  sys: Syscalls,
  pattern: string,
  step: (count: number) => void = () => undefined,
): readonly string[] => {
  const parts = components(pattern)
  let found: readonly string[] = ['']
  parts.forEach((part, i) => {
    if (part === '') {
      if (i === 0) found = ['/']
      else if (i === parts.length - 1) found = found.map((path) => `${path}/`)
      return
    }
    found = found.flatMap((dir) => {
      step(1)
      const below = i < parts.length - 1
      return expandComponent(sys, dir, part).filter((path) => {
        step(1)
        if (!below) return true
        const stat = sys.stat(path)
        return stat.ok && stat.value.kind === 'dir'
      })
    })
  })
  return [...found].sort()
}
