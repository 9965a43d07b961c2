import type { Page } from '@playwright/test'
import { layoutFaults } from '../e2e/pages/layoutFaults.ts'
import { PlayPage } from '../e2e/pages/PlayPage.ts'
import { violations } from '../e2e/pages/violations.ts'
import type { Visit } from '../e2e/walk/everyScreen.ts'
import { LOOKS, type Look, putOn } from '../e2e/walk/looks.ts'
import type { Walk } from './everyWalk.ts'

export interface ScreenCheck {
  readonly screens: number
  readonly audits: number
  /** Each as a line: screen, look, what is wrong. */
  readonly faults: readonly string[]
}

const nameOf = ({ theme, size, text }: Look): string => `${theme} ${size.join('x')} ${text} %`

/** Colours depend on the theme, order and names on the size: one of each kind will do for axe. */
const isAudited = ({ theme, size, text }: Look): boolean =>
  text === 100 && (size[0] === 1440 || theme === 'night')

/** What moves by itself although the player asked for rest; a caret's blinking is none of ours. */
const movingParts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState, effect }) => {
        const { duration, iterations } = effect?.getComputedTiming() ?? {}
        return playState === 'running' && (Number(duration) > 1 || iterations === Infinity)
      })
      .map(({ effect }) => {
        const moving = (effect as KeyframeEffect | null)?.target
        return `${moving?.tagName.toLowerCase()}.${moving?.className} moves`
      }),
  )

/**
 * Axe, the layout and rest, on every screen and state of a walk, in every look: themes, sizes and
 * text of 100 and 200 %. `say` is told of each screen as it is done.
 */
export async function checkScreens(
  page: Page,
  walk: Walk,
  wants: (name: string) => boolean,
  say: (line: string) => void,
): Promise<ScreenCheck> {
  const faults: string[] = []
  let screens = 0
  let audits = 0
  const visit: Visit = async (name, settle) => {
    if (!wants(`screen-${name}`)) return
    const typing = await isTyping(page)
    const before = faults.length
    const note = (look: Look, found: readonly string[]) => {
      for (const fault of found) {
        faults.push(`${name}, ${nameOf(look)}: ${fault}`)
        say(`  ${nameOf(look)}: ${fault}`)
      }
    }
    for (const look of LOOKS) {
      await putOn(page, look)
      await settle?.()
      note(look, await layoutFaults(page))
      note(look, await movingParts(page))
      if (!isAudited(look)) continue
      audits += 1
      note(look, await violations(page))
    }
    await putOn(page, LOOKS[0] as Look)
    // Other looks place the panes anew; the walk goes on typing.
    if (typing && !(await isTyping(page))) await new PlayPage(page).commandLine().focus()
    screens += 1
    say(`${name}: ${faults.length - before} faults`)
  }
  try {
    await walk(visit)
  } catch (cause) {
    // What was found so far is told all the same.
    faults.push(`the walk ended after ${screens} screens: ${cause}`)
  }
  return { screens, audits, faults }
}

const isTyping = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.activeElement?.getAttribute('role') === 'combobox')
