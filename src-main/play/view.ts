import type { LayerId, MountKind, SimEvent } from '../sim/event.ts'

/**
 * What the renderer is shown of one level being played: plain data, everything already worded and
 * counted. Bytes are numbers of bytes; the renderer formats them for the locale.
 */
export interface PlayView {
  readonly attemptId: string
  /** Rises with every change, so that a late reply is recognised. */
  readonly revision: number
  readonly level: LevelHead
  readonly story: readonly string[]
  readonly goals: readonly GoalView[]
  /** Shown in order; at most one is `open` at a time. */
  readonly predictions: readonly PredictionView[]
  readonly explanation: ExplanationView | null
  readonly marks: MarksView | null
  readonly hints: { readonly shown: readonly string[]; readonly remaining: number }
  /** Newest last. Feedback on wrong moves, goals reached, predictions answered. */
  readonly messages: readonly MessageView[]
  readonly terminal: readonly TerminalEntry[]
  readonly actions: readonly ActionView[]
  readonly timeline: TimelineView
  readonly stage: StageView
  readonly instruments: InstrumentsView
  readonly score: ScoreView
  readonly solved: boolean
  readonly debrief: DebriefView | null
}

export interface LevelHead {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly actId: string
  readonly actTitle: string
}

export type GoalState = 'open' | 'met' | 'lost'

export interface GoalView {
  readonly id: string
  /** May hold `code` in backticks and **strong** words; nothing else is marked up. */
  readonly text: string
  readonly state: GoalState
  /** What decides it: a sentence, and the file and layer it looks at. */
  readonly because: string
  readonly path: string | null
  readonly layer: LayerId | null
}

export interface PredictionView {
  readonly id: string
  readonly question: string
  readonly kind: 'choice' | 'number'
  readonly options: readonly { readonly id: string; readonly text: string }[]
  /** For `number`: the unit shown after the field. */
  readonly unit: string | null
  readonly state: 'waiting' | 'open' | 'locked' | 'skipped' | 'revealed'
  readonly answer: string | null
  /** Known once revealed. */
  readonly right: boolean | null
  readonly truth: string | null
  readonly explanation: string | null
}

/** cause -> mechanism -> consequence, composed from parts by the player. */
export interface ExplanationView {
  readonly question: string
  readonly slots: readonly {
    readonly id: 'cause' | 'mechanism' | 'consequence'
    readonly label: string
    readonly options: readonly { readonly id: string; readonly text: string }[]
    readonly chosen: string | null
    /** After checking: right, or what the chosen part would have meant. */
    readonly verdict: 'right' | 'wrong' | null
    readonly feedback: string | null
  }[]
  readonly state: 'waiting' | 'open' | 'right'
}

/** Paths to be judged: what becomes of each when its container is replaced. */
export interface MarksView {
  readonly question: string
  readonly kinds: readonly {
    readonly id: 'durable' | 'disposable' | 'shared'
    readonly text: string
  }[]
  readonly paths: readonly {
    readonly id: string
    readonly container: string
    readonly path: string
    readonly text: string
    readonly chosen: string | null
    readonly verdict: 'right' | 'wrong' | null
    /** Who answers for the path, and what follows; known once it was judged. */
    readonly feedback: string | null
  }[]
  readonly state: 'open' | 'right'
}

export interface MessageView {
  readonly id: string
  readonly tone: 'info' | 'good' | 'warning' | 'loss'
  readonly text: string
  /** Timeline step it belongs to. */
  readonly step: number
}

export interface TerminalEntry {
  readonly id: number
  readonly line: string
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
  /** False when the entry has been undone or lies after the shown step. */
  readonly current: boolean
}

/** A chip that writes a command line. `{placeholders}` in `line` are asked for before it runs. */
export interface ActionView {
  readonly id: string
  readonly label: string
  readonly icon:
    | 'run'
    | 'append'
    | 'delete'
    | 'volume'
    | 'redeploy'
    | 'inspect'
    | 'create'
    | 'read'
    | 'stop'
    | 'start'
    | 'build'
    | 'list'
  readonly line: string
  readonly fields: readonly {
    readonly name: string
    readonly label: string
    readonly choices: readonly string[]
  }[]
  readonly enabled: boolean
}

export interface TimelineView {
  /** One group for each command that is done. */
  readonly commands: readonly {
    readonly line: string
    /** Index of the first of its steps; steps are numbered over the whole level from 1. */
    readonly firstStep: number
    readonly steps: readonly StepMark[]
  }[]
  /** Step that is shown; 0 is the start of the level. */
  readonly shownStep: number
  readonly totalSteps: number
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Ways that were left by undoing and doing otherwise, the newest first. */
  readonly branches: readonly BranchView[]
}

export interface BranchView {
  readonly id: number
  /** Last step that it has in common with what is done now. */
  readonly forkStep: number
  /** What was done on it after that. */
  readonly lines: readonly string[]
}

export interface StepMark {
  readonly step: number
  readonly type: SimEvent['type']
  readonly label: string
}

/** One step ready to be animated: the event, and the stage as it is right after it. */
export interface StepFrame {
  readonly step: number
  readonly event: SimEvent
  readonly label: string
  /** Why it happened: the rule in a sentence. */
  readonly why: string
  /** Index into `stages`; equal for steps that changed nothing visible. */
  readonly stage: number
}

/** What the last command did, for `scene.play`. `stages[0]` is the stage before it. */
export interface StepFilm {
  readonly firstStep: number
  readonly frames: readonly StepFrame[]
  readonly stages: readonly StageView[]
}

export interface StageView {
  /** The container in focus comes first. */
  readonly containers: readonly ContainerStageView[]
  readonly volumes: readonly VolumeStageView[]
  /** Images no container stands on, as short stacks. */
  readonly images: readonly {
    readonly id: string
    readonly tag: string
    readonly bytes: number
    readonly layers: number
  }[]
  readonly disk: { readonly used: number; readonly limit: number | null }
}

export interface ContainerStageView {
  readonly id: string
  readonly name: string
  readonly image: string
  readonly state: 'created' | 'running' | 'paused' | 'exited' | 'removed'
  /** Columns left to right: one path each (or a group of paths of one directory). */
  readonly columns: readonly ColumnView[]
  /** Top first: the writable layer, then image layers down to the base. */
  readonly layers: readonly LayerStageView[]
  readonly mounts: readonly MountStageView[]
}

export interface ColumnView {
  readonly id: string
  /** Path, or "/usr/lib: 214 more" for a group. */
  readonly label: string
  readonly path: string
  /** 1 for a path, more for a group. */
  readonly count: number
  /** Volume name or host path when a mount covers this column; null otherwise. */
  readonly coveredBy: string | null
}

export interface LayerStageView {
  readonly id: LayerId
  readonly kind: 'writable' | 'image'
  /** Dockerfile line, or '' for the writable layer. */
  readonly title: string
  readonly bytes: number
  /** Containers that stand on this layer. */
  readonly sharedBy: number
  readonly tiles: readonly TileView[]
}

export interface TileView {
  /** Stable over the level: `<container>|<layer>|<column>`. */
  readonly id: string
  readonly column: string
  readonly path: string
  readonly kind: 'file' | 'dir' | 'symlink' | 'other' | 'whiteout' | 'opaque-dir' | 'group'
  readonly label: string
  readonly bytes: number
  /** The process sees this one. */
  readonly visible: boolean
  /** Why not, in words, when it does not. */
  readonly hiddenBecause: string | null
  readonly origin: 'copied-up' | 'born-here' | 'image'
  /** For a group: how many files it stands for. */
  readonly count?: number
}

export interface MountStageView {
  readonly kind: MountKind
  /** Volume name, host path, or ''. */
  readonly source: string
  readonly path: string
  readonly readOnly: boolean
  /** Columns of this container that the mount covers. */
  readonly columns: readonly string[]
}

export interface VolumeStageView {
  readonly name: string
  readonly kind: 'volume' | 'anonymous-volume' | 'bind' | 'tmpfs'
  readonly bytes: number
  readonly files: number
  /** Rows alive in it when a bookmarks database lies there; null otherwise. */
  readonly bookmarks: number | null
  /** Containers it is mounted in; empty for an orphan. */
  readonly usedBy: readonly string[]
}

export interface InstrumentsView {
  readonly disk: {
    readonly container: string | null
    readonly copiedUp: number
    readonly bornHere: number
    readonly imageLayers: number
    /** Containers that the image layers are stored for: once, however many there are. */
    readonly containers: number
    readonly writableLayers: number
    readonly volumes: number
    readonly buildCache: number
    readonly hiddenByWhiteouts: number
  }
  /** JSON text of `docker inspect`, with the numbers of the lines that matter (from 0). */
  readonly inspect: { readonly text: string; readonly marked: readonly number[] } | null
  readonly events: readonly {
    readonly step: number
    readonly label: string
    readonly why: string
    readonly rule: string
  }[]
  /** The same facts as Docker prints them. */
  readonly dockerSays: readonly { readonly command: string; readonly output: string }[]
}

export interface ScoreView {
  readonly moves: number
  readonly par: number
  readonly stars: 0 | 1 | 2 | 3
  /** What each star asks for and whether it is earned at this moment. */
  readonly starReasons: readonly { readonly text: string; readonly earned: boolean }[]
  readonly simulatedSeconds: number
  readonly copiedUpBytes: number
  readonly bookmarks: number | null
}

export interface DebriefView {
  readonly happened: readonly string[]
  readonly rule: string
  readonly numbers: readonly {
    readonly label: string
    readonly yours: string
    readonly par: string
  }[]
  readonly predictions: readonly PredictionView[]
  /** Commands to try on one's own Docker. */
  readonly tryItForReal: {
    /** Of the folder that all of it can be saved as. */
    readonly folder: string
    /** Images that have to be pulled from a registry first. */
    readonly pulls: readonly string[]
    /** All that is saved: the files, the commands as a script, and a word on what it is. */
    readonly saved: readonly { readonly name: string; readonly text: string }[]
    readonly files: readonly { readonly name: string; readonly text: string }[]
    readonly commands: readonly string[]
  }
  readonly stars: 0 | 1 | 2 | 3
  readonly nextLevelId: string | null
}

/** What hovering, tapping or focusing a tile tells. */
export interface TileFacts {
  readonly path: string
  readonly title: string
  readonly lines: readonly { readonly label: string; readonly value: string }[]
  readonly why: string
  readonly dockerSays: readonly { readonly command: string; readonly output: string }[]
}

/** A page of the merged tree of the container in focus, in the order of its paths. */
export interface FileListView {
  /** Name of that container; null: there is none. */
  readonly container: string | null
  /** Paths that were asked for, on all pages together. */
  readonly total: number
  readonly rows: readonly {
    readonly path: string
    /** Kind of file, or of the mount that stands there. */
    readonly kind: string
    readonly bytes: number
    /** Layer or mount that answers for it, in words. */
    readonly owner: string
    /** That layer; null where a mount answers. */
    readonly layer: LayerId | null
  }[]
}

/** A file of the player's project on the host. */
export interface HostFileView {
  /** Relative to the folder in which the prompt stands. */
  readonly path: string
  readonly bytes: number
  /** Small, and text: the editor can open it. */
  readonly editable: boolean
}
