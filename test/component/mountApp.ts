import { fireEvent, render, screen, within } from '@testing-library/vue'
import { createPinia, setActivePinia } from 'pinia'
import App from '../../src-renderer/App.vue'
import { replaceGameApi } from '../../src-renderer/gameApi.ts'
import { type FakeGame, fakeGame } from '../support/fakeApi.ts'
import { type StandInStage, standInStage } from '../support/standInStage.ts'

export interface MountedApp {
  readonly game: FakeGame
  readonly stage: StandInStage
}

/** The whole app with real stores, on a fake game and a stage without pixels. */
export async function mountApp(
  game: FakeGame = fakeGame(),
  { keepsSession = false } = {},
): Promise<MountedApp> {
  if (!keepsSession) sessionStorage.clear()
  setActivePinia(createPinia())
  replaceGameApi(game)
  const stage = standInStage()
  const pinia = createPinia()
  render(App, { props: { makeStage: stage.make }, global: { plugins: [pinia] } })
  return { game, stage }
}

/** The app with the started level open. */
export async function mountLevel(game?: FakeGame): Promise<MountedApp> {
  const app = await mountApp(game)
  await fireEvent.click(await screen.findByRole('button', { name: /^Continue/ }))
  await screen.findByRole('combobox', { name: 'Command line' })
  await app.stage.made
  return app
}

/** Types a line into the terminal and runs it. */
export async function runLine(line: string): Promise<void> {
  const input = screen.getByRole('combobox', { name: 'Command line' })
  await fireEvent.update(input, line)
  await fireEvent.keyDown(input, { key: 'Enter' })
}

export const terminalLog = () => within(screen.getByRole('log'))
