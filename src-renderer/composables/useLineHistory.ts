const LIMIT = 500

/** Lines typed in this session, oldest first, kept over reloads of the window. */
export function useLineHistory(key: string) {
  const storageKey = `driftwood-history-${key}`
  let lines = load()
  /** Index while walking; `lines.length` is the line being typed. */
  let at = lines.length
  let draft = ''

  function load(): string[] {
    try {
      const stored: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]')
      return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : []
    } catch {
      // A broken entry is no reason to lose the terminal.
      return []
    }
  }

  function remember(line: string): void {
    if (line.trim() !== '' && lines.at(-1) !== line) lines = [...lines, line].slice(-LIMIT)
    at = lines.length
    draft = ''
    sessionStorage.setItem(storageKey, JSON.stringify(lines))
  }

  /** The line one up from what is being typed, or null at the oldest. */
  function back(typed: string): string | null {
    if (at === 0) return null
    if (at === lines.length) draft = typed
    at -= 1
    return lines[at] ?? null
  }

  /** One down; at the end, what was being typed. */
  function forward(): string | null {
    if (at >= lines.length) return null
    at += 1
    return at === lines.length ? draft : (lines[at] ?? null)
  }

  /** The newest line with this text in it, older than `before` matches of it. */
  function search(text: string, before = 0): string | null {
    if (text === '') return null
    const found = lines.filter((line) => line.includes(text)).reverse()
    return found[before] ?? null
  }

  /** Lines of an attempt that is continued come first. */
  function seed(earlier: readonly string[]): void {
    if (lines.length === 0) lines = earlier.slice(-LIMIT)
    at = lines.length
  }

  return { remember, back, forward, search, seed }
}
