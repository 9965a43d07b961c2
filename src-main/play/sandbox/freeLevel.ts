import type { Level } from '../../levels/level.ts'
import type { LevelData } from '../../levels/schema.ts'

/** A world to be played in without a task: the sandbox, and the experiments of the questions. */
export interface FreeWorld {
  readonly id: string
  readonly act: { readonly id: string; readonly title: string }
  readonly start: LevelData['start']
  readonly focus: string
  readonly watch: readonly string[]
  readonly actions: LevelData['actions']
  /** Labels of the actions by their ids. */
  readonly labels: Readonly<Record<string, string>>
  readonly title: string
  readonly summary: string
  readonly story: readonly [string, string, string]
}

/** Never met: a world without goals has no stars either. */
const never = {
  kind: 'event',
  type: 'image-tagged',
  scope: 'level',
  under: false,
  atLeast: 0,
  atMost: -1,
} as const

/** The world as a level without goals, predictions and hints; it is never solved. */
export function buildFreeLevel(world: FreeWorld): Level {
  const { id, start, focus, watch, actions, title, summary, story } = world
  return {
    number: 0,
    actId: world.act.id,
    actTitle: world.act.title,
    nextLevelId: null,
    data: {
      formatVersion: 1,
      id,
      concepts: { teaches: [], tests: [], uses: [] },
      start,
      focus,
      watch: [...watch],
      actions,
      goals: [],
      predictions: [],
      explanation: null,
      marks: null,
      lastHint: [],
      solutions: [],
      alternatives: [],
      wrongMoves: [],
      par: 0,
      stars: [
        { id: 'second', when: never },
        { id: 'third', when: never },
      ],
      debrief: { numbers: [], values: {}, tryItForReal: { files: [], commands: [] } },
    },
    texts: {
      title,
      summary,
      story: [...story],
      goals: {},
      actions: Object.fromEntries(
        actions.map((action) => [
          action.id,
          { label: world.labels[action.id] ?? action.id, fields: {} },
        ]),
      ),
      predictions: {},
      explanation: null,
      marks: null,
      hints: ['', '', ''],
      messages: {},
      stars: { first: '', second: '', third: '' },
      debrief: { happened: [], rule: '', numbers: {} },
    },
  }
}
