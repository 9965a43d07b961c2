import { expect, type Page } from '@playwright/test'
import { tabTo } from './keyboard.ts'

/** The knowledge check. */
export class QuizPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Answers every question with its first option, by the digits of the keyboard. */
  async answerAll(): Promise<number> {
    const next = this.page.getByRole('button', { name: /^(Next question|See the result)$/ })
    for (let asked = 1; asked < 50; asked += 1) {
      await expect(this.page.getByRole('radio').first()).toBeEnabled()
      await this.page.keyboard.press('1')
      await this.page.keyboard.press('Enter')
      const isLast = (await next.textContent())?.includes('result') ?? false
      await tabTo(this.page, next)
      await this.page.keyboard.press('Enter')
      if (isLast) return asked
    }
    throw new Error('the knowledge check does not end')
  }

  readonly score = () => this.page.locator('.score')
}
