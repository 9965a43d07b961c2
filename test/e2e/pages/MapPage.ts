import { expect, type Locator, type Page } from '@playwright/test'
import { activate, tabTo } from './keyboard.ts'
import type { LevelFile } from './levelFiles.ts'

/** The shore with its lanterns. */
export class MapPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  readonly lantern = ({ title }: LevelFile) =>
    this.page.getByRole('button', { name: new RegExp(`^Level \\d+: ${quote(title)},`) })

  readonly lighthouse = () => this.page.getByRole('button', { name: /^Knowledge check,/ })

  readonly goButton = () =>
    this.page
      .getByRole('complementary')
      .getByRole('button', { name: /^(Start|Continue|Play|Take)/ })

  /** To the map from wherever the game opens: what comes before it is skipped by its own keys. */
  async enter(): Promise<void> {
    const heading = this.page.getByRole('heading', { name: 'Your numbers' })
    await expect(async () => {
      if (await heading.isVisible()) return
      await this.page.keyboard.press('Enter')
      await this.page.keyboard.press('Escape')
      await expect(heading).toBeVisible({ timeout: 500 })
    }).toPass()
  }

  /** Opens what is offered first, by keyboard. */
  async continueByKeyboard(): Promise<void> {
    await activate(this.page, this.goButton())
  }

  /** Chooses a lantern and opens its level, by keyboard. */
  readonly chooseByKeyboard = (level: LevelFile) => this.choose(this.lantern(level))

  readonly chooseQuizByKeyboard = () => this.choose(this.lighthouse())

  private async choose(spot: Locator): Promise<void> {
    await tabTo(this.page, spot)
    if ((await spot.getAttribute('aria-pressed')) !== 'true')
      await this.page.keyboard.press('Enter')
    await activate(this.page, this.goButton())
  }

  /** Chooses the knowledge check and opens it; a spot that is chosen already would open by itself. */
  async clickQuiz(): Promise<void> {
    const spot = this.lighthouse()
    if ((await spot.getAttribute('aria-pressed')) !== 'true') await spot.click()
    await this.goButton().click()
  }

  /** From any screen back to the map. */
  async openByKeyboard(): Promise<void> {
    const link = this.page.getByRole('navigation').getByRole('button', { name: 'Map' })
    await activate(this.page, link)
  }

  /** Chooses a lantern and opens it by tap. */
  async tapLevel(level: LevelFile): Promise<void> {
    const lantern = this.lantern(level)
    if ((await lantern.getAttribute('aria-pressed')) !== 'true') await lantern.tap()
    await this.goButton().tap()
  }

  async starsOf(level: LevelFile): Promise<number> {
    const label = (await this.lantern(level).getAttribute('aria-label')) ?? ''
    return Number(/(\d) of 3 stars/.exec(label)?.[1] ?? 0)
  }
}

const quote = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
