import { ref } from 'vue'

export interface Completion {
  readonly from: number
  readonly candidates: readonly string[]
}

const commonStart = (words: readonly string[]): string => {
  const first = words[0] ?? ''
  let length = first.length
  for (const word of words) while (!word.startsWith(first.slice(0, length))) length -= 1
  return first.slice(0, length)
}

/**
 * Completion of a line as a shell does it: one candidate goes in, several extend as far as they
 * agree and are then offered in a list.
 */
export function useCompletion(ask: (text: string, cursor: number) => Promise<Completion | null>) {
  const candidates = ref<readonly string[]>([])
  const active = ref(-1)
  let from = 0

  const close = () => {
    candidates.value = []
    active.value = -1
  }

  /** The new line and cursor, or null when nothing changes. */
  async function complete(
    text: string,
    cursor: number,
  ): Promise<{ readonly text: string; readonly cursor: number } | null> {
    const found = await ask(text, cursor)
    close()
    if (!found || found.candidates.length === 0) return null
    from = found.from
    if (found.candidates.length === 1) return put(text, cursor, found.candidates[0] ?? '', true)
    candidates.value = found.candidates
    const start = commonStart(found.candidates)
    return start.length > cursor - from ? put(text, cursor, start, false) : null
  }

  const put = (text: string, cursor: number, word: string, ends: boolean) => {
    const rest = text.slice(cursor)
    const gap = ends && !word.endsWith('/') && !/\s$/.test(word) && !rest.startsWith(' ') ? ' ' : ''
    return {
      text: text.slice(0, from) + word + gap + rest,
      cursor: from + word.length + gap.length,
    }
  }

  const move = (by: number) => {
    const { length } = candidates.value
    active.value = length === 0 ? -1 : (active.value + by + length) % length
  }

  const take = (text: string, cursor: number, index = active.value) => {
    const word = candidates.value[index]
    close()
    return word === undefined ? null : put(text, cursor, word, true)
  }

  return { candidates, active, complete, move, take, close }
}
