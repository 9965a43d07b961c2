import type { HomeView } from '@contract/api.ts'
import { t } from '../../strings/index.ts'

/** Level id, or the knowledge check's own place. */
export type SpotId = string

export const QUIZ_SPOT: SpotId = 'knowledge-check'

export interface ShoreSpot {
  readonly id: SpotId
  readonly number: number | null
  readonly title: string
  readonly state: 'locked' | 'open' | 'started' | 'solved' | 'done'
  readonly stars: number
  /** What one is offered first. */
  readonly next: boolean
  /** All of it in words. */
  readonly label: string
}

type Level = HomeView['acts'][number]['levels'][number]

/** Every place on the shore in the order of play; the knowledge check comes last. */
export function spotsOf(home: HomeView): readonly ShoreSpot[] {
  const levels = home.acts.flatMap((act) => act.levels)
  return [...levels.map((level) => levelSpot(level, home)), quizSpot(home)]
}

/** The place that is offered first. */
export const nextSpotId = (home: HomeView): SpotId | null => {
  if (home.next.kind === 'level') return home.next.levelId
  return home.next.kind === 'quiz' ? QUIZ_SPOT : null
}

function levelSpot(level: Level, home: HomeView): ShoreSpot {
  const state = t(`map.state.${level.state}`, { step: level.shownStep, total: level.totalSteps })
  const stars = level.stars > 0 ? `, ${t('app.stars', { n: level.stars })}` : ''
  const name = t('map.level', { number: level.number, title: level.title })
  return {
    id: level.id,
    number: level.number,
    title: level.title,
    state: level.state,
    stars: level.stars,
    next: nextSpotId(home) === level.id,
    label: `${name}, ${state}${stars}`,
  }
}

function quizSpot(home: HomeView): ShoreSpot {
  const { state } = home.quiz
  const word = state === 'done' ? 'solved' : state
  const text =
    word === 'started' ? t('map.continue') : t(`map.state.${word}`, { step: 0, total: 0 })
  return {
    id: QUIZ_SPOT,
    number: null,
    title: t('map.quizTitle'),
    state,
    stars: 0,
    next: home.next.kind === 'quiz',
    label: `${t('map.quizTitle')}, ${text}`,
  }
}
