import type { Page } from '@playwright/test'

/** Keys of a reply under which words of a level stand; commands, paths and outputs stay. */
const WORDS = new Set([
  'title',
  'summary',
  'story',
  'actTitle',
  'text',
  'label',
  'question',
  'explanation',
  'feedback',
  'because',
  'happened',
  'rule',
  'hints',
  'why',
])
/** What lies below these is data. */
const DATA = new Set(['tryItForReal', 'fields', 'stage', 'stages', 'inspect', 'terminal', 'files'])

const FILLER = ' wörd añd möre'

const longer = (text: string): string =>
  text.includes(' ') ? text + FILLER.repeat(Math.ceil(text.length / FILLER.length)) : text

const change = (value: unknown, key: string): unknown => {
  if (DATA.has(key)) return value
  if (typeof value === 'string') return WORDS.has(key) ? longer(value) : value
  if (Array.isArray(value)) return value.map((one) => change(one, key))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, change(one, name)]))
}

/** From now on the texts of levels arrive at the page at double length, as no language has them. */
export async function longerTexts(page: Page): Promise<void> {
  await page.route('**/call/**', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: change(await response.json(), '') })
  })
}
