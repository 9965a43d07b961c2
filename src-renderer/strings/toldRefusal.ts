import en from './en.json'
import { currentLocale, t } from './index.ts'

type RefusalKey = keyof typeof en.refused

interface Known {
  readonly key: RefusalKey
  readonly sentence: RegExp
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The English sentence as a pattern: `{name}` stands for anything. */
const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split(/\{(\w+)\}/)
      .map((part, index) => (index % 2 === 0 ? escaped(part) : `(?<${part}>.+?)`))
      .join('')}$`,
  )

const sentences = Object.entries(en.refused) as readonly (readonly [RefusalKey, string])[]
/** Whole sentences first: one that fills something in is the less exact match. */
const known: readonly Known[] = sentences
  .toSorted(([, a], [, b]) => Number(a.includes('{')) - Number(b.includes('{')))
  .map(([key, text]) => ({ key, sentence: patternOf(text) }))

/**
 * What the game says of a call that it does not carry out, in the language of the page. The game
 * speaks English; its sentences are known here by their wording, and one that is not stays as it is.
 */
export function toldRefusal(message: string): string {
  if (currentLocale() === 'en') return message
  for (const { key, sentence } of known) {
    const found = sentence.exec(message)
    if (found === null) continue
    const values = Object.entries(found.groups ?? {}).map(([name, value]) => [
      name,
      toldRefusal(value),
    ])
    return t(`refused.${key}`, Object.fromEntries(values))
  }
  return message
}
