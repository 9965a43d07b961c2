import type { Page } from '@playwright/test'
import { activate } from './keyboard.ts'

/** The shore with its lanterns. */
export class MapPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  readonly lantern = (title: string) =>
    this.page.getByRole('button', { name: new RegExp(`^Level \\d+: ${quote(title)},`) })

  readonly lighthouse = () => this.page.getByRole('button', { name: /^Knowledge check,/ })

  readonly goButton = () =>
    this.page
      .getByRole('complementary')
      .getByRole('button', { name: /^(Start|Continue|Play|Take)/ })

  /** Opens what is offered first, by keyboard. */
  async continueByKeyboard(): Promise<void> {
    await activate(this.page, this.goButton())
  }

  /** Chooses a lantern and opens it by tap. */
  async tapLevel(title: string): Promise<void> {
    await this.lantern(title).tap()
    await this.goButton().tap()
  }

  async starsOf(title: string): Promise<number> {
    const label = (await this.lantern(title).getAttribute('aria-label')) ?? ''
    return Number(/(\d) of 3 stars/.exec(label)?.[1] ?? 0)
  }
}

const quote = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
