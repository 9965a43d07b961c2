import { expect, type Page } from '@playwright/test'
import { activate, tabTo } from './keyboard.ts'
import type { LevelFile } from './levelFiles.ts'

/** A level being played. */
export class PlayPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  readonly commandLine = () => this.page.getByRole('combobox', { name: 'Command line' })
  readonly log = () => this.page.getByRole('log', { name: 'Terminal output' })
  readonly slider = () => this.page.getByRole('slider', { name: 'Position in the level' })
  readonly tally = () => this.page.getByText(/\d+ of \d+ goals met/)
  readonly chip = (name: string | RegExp) =>
    this.page.getByRole('toolbar', { name: 'Actions' }).getByRole('button', { name })

  async waitUntilOpen(level: LevelFile): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: level.title })).toBeAttached()
    await expect(this.commandLine()).toBeFocused()
  }

  async step(): Promise<number> {
    return Number(await this.slider().getAttribute('aria-valuenow'))
  }

  /** Types a line; answers a prediction it has to wait for with its first option; ends its film. */
  async typeLine(line: string): Promise<void> {
    await expect(this.commandLine()).toBeFocused()
    const commands = this.log().locator('.command')
    const before = await commands.count()
    await this.page.keyboard.insertText(line)
    await this.page.keyboard.press('Enter')
    // On a busy machine it is a while until the line is under way, and has something to wait for.
    await expect(commands).not.toHaveCount(before)
    await this.untilRun()
    await expect(this.log().locator('.command').last()).toContainText(line)
    await expect(this.commandLine()).toBeFocused()
  }

  /** Until the terminal has the line in its log; any key ends a film. */
  private async untilRun(): Promise<void> {
    const held = this.log().getByText('waits for your prediction')
    await expect(async () => {
      if (await held.isVisible()) await this.answerFirst()
      await this.page.keyboard.press('Shift+F12')
      await expect(this.log().locator('.progress')).toHaveCount(0, { timeout: 200 })
    }).toPass()
  }

  /** Answers the open prediction with its first option; an empty number becomes 0. */
  private async answerFirst(): Promise<void> {
    const answer = this.page.locator('.card.open input').first()
    await expect(answer).toBeFocused()
    const isNumber = (await answer.getAttribute('type')) === 'number'
    await this.page.keyboard.press(isNumber ? '0' : 'Space')
    await this.page.keyboard.press('Enter')
    await expect(this.page.locator('.card.open').filter({ has: answer })).toBeHidden()
  }

  /** Composes cause, mechanism and consequence from their words, by keyboard. */
  async explain(level: LevelFile, ids: readonly string[]): Promise<void> {
    await this.page.keyboard.press('Escape')
    for (const [index, part] of ['cause', 'mechanism', 'consequence'].entries()) {
      const words = level.explanation[part]?.[ids[index] ?? ''] ?? ''
      const plain = words.replace(/[`*]/g, '')
      const radios = this.page
        .locator('form fieldset')
        .filter({ hasText: plain })
        .getByRole('radio')
      await this.chooseRadio(radios, plain)
    }
    await this.page.keyboard.press('Enter')
    await expect(this.page.getByText('The chain holds')).toBeVisible()
    await this.page.keyboard.press('t')
    await expect(this.commandLine()).toBeFocused()
  }

  /** Tab reaches a group of radios as one stop; arrow keys choose in it. */
  private async chooseRadio(radios: ReturnType<Page['getByRole']>, words: string): Promise<void> {
    await tabTo(this.page, radios.first())
    await this.page.keyboard.press('Space')
    const wanted = this.page.getByRole('radio', { name: words })
    for (let presses = 0; presses < 8; presses += 1) {
      if (await wanted.isChecked()) return
      await this.page.keyboard.press('ArrowDown')
    }
    throw new Error(`no option says: ${words}`)
  }

  /** Everything the level's first solution does, from one of its lines on. */
  async solve(level: LevelFile, from = 0, to = level.solution.length): Promise<void> {
    for (const line of level.solution.slice(from, to)) {
      if (line.startsWith(':explain ')) await this.explain(level, line.split(' ').slice(1))
      else await this.typeLine(line)
    }
  }

  /** From the last goal to the debrief, by keyboard. */
  async toDebrief(): Promise<void> {
    await this.page.keyboard.press('Escape')
    await activate(this.page, this.page.getByRole('button', { name: 'See the debrief' }))
    await expect(this.page.getByText('The rule you proved')).toBeVisible()
  }
}
