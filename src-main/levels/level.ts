import type { LevelData } from './schema.ts'
import type { LevelTexts } from './textSchema.ts'

/** A level ready to be played in one language. */
export interface Level {
  readonly data: LevelData
  readonly texts: LevelTexts
  /** Place in the campaign, from 1. */
  readonly number: number
  readonly actId: string
  readonly actTitle: string
  readonly nextLevelId: string | null
}

export interface Act {
  readonly id: string
  readonly title: string
  readonly levelIds: readonly string[]
}

/** A level has three hints, a world without a task none. */
export const hintCount = ({ data }: Level): number => (data.goals.length === 0 ? 0 : 3)
