import { expect, type Page } from '@playwright/test'
import { callGame } from '../pages/callGame.ts'
import { MapPage } from '../pages/MapPage.ts'
import type { Visit } from './everyScreen.ts'
import { goTo } from './goTo.ts'

/** The knowledge check and the review deck, from the first question to the last. */
export async function walkQuestions(page: Page, visit: Visit): Promise<void> {
  await new MapPage(page).clickQuiz()
  await expect(page.getByRole('radio').first()).toBeEnabled()
  await visit('quiz')
  await page.getByRole('radio').first().check()
  await page.getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Next question' })).toBeVisible()
  await visit('quiz-answered')
  await page
    .getByRole('button', { name: /^Show me in the simulator/ })
    .first()
    .click()
  await expect(page.getByRole('button', { name: 'Back to the question' })).toBeVisible()
  await expect(page.getByText('Raising the stage')).toBeHidden()
  await visit('experiment')
  await page.getByRole('button', { name: 'Back to the question' }).click()
  await expect(page.getByRole('radio').first()).toBeVisible()
  await answerTheRest(page)
  await page.reload()
  await new MapPage(page).enter()
  await visit('map-done')
  await walkReview(page, visit)
}

/** All but the last by calls: what a result looks like is seen after the last one. */
async function answerTheRest(page: Page): Promise<void> {
  const quiz = await callGame(page, 'openQuiz', { again: false })
  for (const question of quiz.questions.filter(({ chosen }) => chosen === null)) {
    await callGame(page, 'answerQuestion', {
      attemptId: quiz.attemptId,
      questionId: question.id,
      optionId: question.options[0]?.id ?? '',
      sure: false,
    })
  }
}

async function walkReview(page: Page, visit: Visit): Promise<void> {
  await goTo(page, 'Review')
  await expect(page.getByRole('radio').first()).toBeEnabled()
  await visit('review')
  await page.getByRole('radio').first().check()
  await page.getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(page.getByText(/It comes back|It goes back/).first()).toBeVisible()
  await visit('review-answered')
  let view = await callGame(page, 'openReview', {})
  while (view.question) {
    view = await callGame(page, 'answerReview', {
      questionId: view.question.id,
      optionId: view.question.options[0]?.id ?? '',
      sure: true,
    })
  }
  await goTo(page, 'Map')
  await goTo(page, 'Review')
  await expect(page.getByText('Nothing is due')).toBeVisible()
  await visit('review-done')
}
