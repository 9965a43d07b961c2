import type {
  PlayView,
  PredictionView,
  StageView,
  StepFilm,
  StepFrame,
  TileView,
} from '@contract/api.ts'

/** One micro-step of a scripted command, with what it does to the stage. */
export interface ScriptedStep {
  readonly event: StepFrame['event']
  readonly label: string
  readonly why: string
  readonly change: (stage: StageView) => StageView
}

export interface ScriptedCommand {
  readonly line: string
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
  readonly steps: readonly ScriptedStep[]
}

const GB = 1_000_000_000
const MB = 1_000_000
const FS = 'overlay:db'
const ARCHIVE = '/srv/archive.db'
const SEED = '/srv/seed.csv'
const LAYER_2 = 'sha256:layer2'

const imageTile = (layer: string, path: string, bytes: number): TileView => ({
  id: `db|${layer}|${path}`,
  column: path,
  path,
  kind: 'file',
  label: path.split('/').at(-1) ?? path,
  bytes,
  visible: true,
  hiddenBecause: null,
  origin: 'image',
})

/** The stage of the level before anything was done: three image layers, an empty writable layer. */
export const startStage: StageView = {
  containers: [
    {
      id: 'db',
      name: 'db',
      image: 'driftwood/archive:1.4',
      state: 'running',
      columns: ['/etc/driftwood.conf', ARCHIVE, SEED, '/tmp/audit', '/bin/sh'].map((path) => ({
        id: path,
        label: path,
        path,
        count: 1,
        coveredBy: null,
      })),
      layers: [
        { id: 'upper', kind: 'writable', title: '', bytes: 0, sharedBy: 1, tiles: [] },
        {
          id: 'sha256:layer3',
          kind: 'image',
          title: 'COPY app.conf',
          bytes: 12_000,
          sharedBy: 2,
          tiles: [imageTile('sha256:layer3', '/etc/driftwood.conf', 12_000)],
        },
        {
          id: LAYER_2,
          kind: 'image',
          title: 'COPY archive.db seed.csv',
          bytes: 2 * GB + 8.4 * MB,
          sharedBy: 2,
          tiles: [imageTile(LAYER_2, ARCHIVE, 2 * GB), imageTile(LAYER_2, SEED, 8.4 * MB)],
        },
        {
          id: 'sha256:layer1',
          kind: 'image',
          title: 'debian:bookworm-slim',
          bytes: 74.8 * MB,
          sharedBy: 2,
          tiles: [imageTile('sha256:layer1', '/bin/sh', 125_640)],
        },
      ],
      mounts: [
        {
          kind: 'volume',
          source: 'pgdata',
          path: '/var/lib/postgresql/data',
          readOnly: false,
          columns: [],
        },
      ],
    },
  ],
  volumes: [
    {
      name: 'pgdata',
      kind: 'volume',
      bytes: 48.2 * MB,
      files: 961,
      bookmarks: 1204,
      usedBy: ['db'],
    },
  ],
  images: [],
  disk: { used: 2.13 * GB, limit: 20 * GB },
}

type Tiles = readonly TileView[]

const changeTiles =
  (change: (layer: string, tiles: Tiles) => Tiles) =>
  (stage: StageView): StageView => ({
    ...stage,
    containers: stage.containers.map((container) => ({
      ...container,
      layers: container.layers.map((layer) => {
        const tiles = change(layer.id, layer.tiles)
        const bytes =
          layer.kind === 'writable'
            ? tiles.reduce((sum, tile) => sum + (tile.kind === 'file' ? tile.bytes : 0), 0)
            : layer.bytes
        return { ...layer, tiles, bytes }
      }),
    })),
  })

const upperTile = (path: string, more: Partial<TileView>): TileView => ({
  ...imageTile('upper', path, 0),
  origin: 'born-here',
  ...more,
})

const putOnTop = (tile: TileView, why: string) =>
  changeTiles((layer, tiles) =>
    layer === 'upper'
      ? [...tiles.filter((one) => one.path !== tile.path), tile]
      : tiles.map((one) =>
          one.path === tile.path ? { ...one, visible: false, hiddenBecause: why } : one,
        ),
  )

const same = (stage: StageView): StageView => stage
const RULE = 'open-for-write-copies-up'
const data = { fs: FS, path: ARCHIVE, rule: RULE, bytes: 2 * GB, fromLayer: LAYER_2 } as const
const copied = (bytes: number) =>
  putOnTop(
    upperTile(ARCHIVE, { bytes, origin: 'copied-up' }),
    'the copy in the writable layer answers first',
  )

export const APPEND_LINE = `docker exec db sh -c 'echo "audit: login ada" >> ${ARCHIVE}'`
export const DELETE_LINE = `docker exec db rm ${SEED}`

/** The commands the fake knows. Everything else is not found. */
export const scriptedCommands: readonly ScriptedCommand[] = [
  {
    line: APPEND_LINE,
    stdout: '',
    stderr: '',
    exit: 0,
    steps: [
      {
        event: {
          type: 'lookup-missed',
          rule: 'lookup-top-down',
          fs: FS,
          path: ARCHIVE,
          layer: 'upper',
        },
        label: `lookup ${ARCHIVE}: not in the writable layer`,
        why: 'A look-up starts at the top and goes down.',
        change: same,
      },
      {
        event: {
          type: 'lookup-hit',
          rule: 'lookup-top-down',
          fs: FS,
          path: ARCHIVE,
          layer: LAYER_2,
          bytes: 2 * GB,
          found: 'file',
        },
        label: `lookup ${ARCHIVE}: found in layer 2`,
        why: 'The first layer that has the name answers.',
        change: same,
      },
      {
        event: { ...data, type: 'copy-up-started' },
        label: `copy_up ${ARCHIVE}: start`,
        why: 'A lower file is opened for writing, so it is copied up first.',
        change: same,
      },
      {
        event: { ...data, type: 'copy-up-data', milliseconds: 10_000 },
        label: `copy_up ${ARCHIVE}: copy data`,
        why: 'The **whole** file is copied, however small the edit.',
        change: same,
      },
      {
        event: { ...data, type: 'file-copied-up' },
        label: `copy_up ${ARCHIVE}: rename into place`,
        why: 'From now on the writable layer answers for this path.',
        change: copied(2 * GB),
      },
      {
        event: {
          type: 'file-written',
          rule: 'write-stays-in-upper',
          fs: FS,
          path: ARCHIVE,
          bytes: 64,
          size: 2 * GB + 64,
        },
        label: `write 64 B to ${ARCHIVE}`,
        why: 'The copy is an ordinary file: a write costs its own bytes.',
        change: copied(2 * GB + 64),
      },
    ],
  },
  {
    line: DELETE_LINE,
    stdout: '',
    stderr: '',
    exit: 0,
    steps: [
      {
        event: {
          type: 'whiteout-created',
          rule: 'whiteout-hides-lower',
          fs: FS,
          path: SEED,
          hides: LAYER_2,
          hiddenBytes: 8.4 * MB,
        },
        label: `whiteout ${SEED}`,
        why: 'A lower layer never changes, so the name is covered.',
        change: putOnTop(
          upperTile(SEED, { kind: 'whiteout', label: 'whiteout', visible: false }),
          'a whiteout covers it',
        ),
      },
    ],
  },
  {
    line: 'docker ps',
    stdout:
      'CONTAINER ID   IMAGE                   COMMAND   STATUS         NAMES\n1f0c9e3b7a52   driftwood/archive:1.4   "archd"   Up 4 minutes   db\n',
    stderr: '',
    exit: 0,
    steps: [],
  },
  {
    line: 'docker exec db seq 1 120',
    stdout: `${Array.from({ length: 120 }, (_, index) => index + 1).join('\n')}\n`,
    stderr: '',
    exit: 0,
    steps: [],
  },
]

export const openPrediction: PredictionView = {
  id: 'first-append',
  question:
    'You append 64 bytes to `/srv/archive.db` (2.0 GB, layer 2). How many bytes does overlay2 write into the writable layer first?',
  kind: 'choice',
  options: [
    { id: 'edit', text: '64 bytes' },
    { id: 'page', text: '4 KB, one page' },
    { id: 'file', text: '2.0 GB, the whole file' },
  ],
  unit: null,
  state: 'open',
  answer: null,
  right: null,
  truth: null,
  explanation: null,
}

/** What the session has come to; from it the fake builds the view. */
export interface FakeState {
  readonly revision: number
  readonly done: readonly ScriptedCommand[]
  readonly undone: readonly ScriptedCommand[]
  readonly shownStep: number
  readonly entries: PlayView['terminal']
  readonly prediction: PredictionView
  readonly explanation: PlayView['explanation']
  readonly hintsTaken: number
}

const HINTS = [
  'Which layer owns the file at the moment of the append?',
  'A first write to a lower file copies **all** of it.',
  `Run \`${APPEND_LINE}\`, then \`${DELETE_LINE}\`.`,
]

export const startExplanation: NonNullable<PlayView['explanation']> = {
  question: 'Why did 64 bytes take ten seconds?',
  slots: [
    {
      id: 'cause',
      label: 'Cause',
      options: [
        { id: 'write', text: 'a process opened a lower file for writing' },
        { id: 'read', text: 'a process read a lower file' },
      ],
      chosen: null,
      verdict: null,
      feedback: null,
    },
    {
      id: 'mechanism',
      label: 'Mechanism',
      options: [
        { id: 'copy-up', text: 'overlay2 copied the whole file up' },
        { id: 'block', text: 'overlay2 copied one block up' },
      ],
      chosen: null,
      verdict: null,
      feedback: null,
    },
    {
      id: 'consequence',
      label: 'Consequence',
      options: [
        { id: 'size', text: 'the wait follows the size of the file' },
        { id: 'edit', text: 'the wait follows the size of the edit' },
      ],
      chosen: null,
      verdict: null,
      feedback: null,
    },
  ],
  state: 'waiting',
}

export const stepsOf = (state: FakeState): readonly ScriptedStep[] =>
  state.done.flatMap((command) => command.steps)

export const stageAfter = (state: FakeState, step: number): StageView =>
  stepsOf(state)
    .slice(0, step)
    .reduce((stage, one) => one.change(stage), startStage)

/** The film from after one step to after another. */
export function filmBetween(state: FakeState, from: number, to: number): StepFilm {
  const steps = stepsOf(state).slice(from, to)
  return {
    firstStep: from + 1,
    frames: steps.map((step, index) => ({
      step: from + index + 1,
      event: step.event,
      label: step.label,
      why: step.why,
      stage: index + 1,
    })),
    stages: [from, ...steps.map((_, index) => from + index + 1)].map((step) =>
      stageAfter(state, step),
    ),
  }
}

/** The view of the session, every part of it derived from what was done. */
/** The scripted commands one after the other, as a kiosk shows them. */
export function demoParts(): readonly { readonly line: string; readonly film: StepFilm }[] {
  const state = { done: scriptedCommands } as FakeState
  let from = 0
  return scriptedCommands.map(({ line, steps }) => {
    const film = filmBetween(state, from, from + steps.length)
    from += steps.length
    return { line, film }
  })
}

export function viewOf(state: FakeState): PlayView {
  const steps = stepsOf(state)
  const stage = stageAfter(state, state.shownStep)
  const upper = stage.containers[0]?.layers[0]?.tiles ?? []
  const archive = upper.find((tile) => tile.path === ARCHIVE)
  const whiteout = upper.find((tile) => tile.kind === 'whiteout')
  const appended = (archive?.bytes ?? 0) > 2 * GB
  const solved = appended && whiteout !== undefined
  let first = 1
  const commands = state.done
    .filter((command) => command.steps.length > 0)
    .map((command) => {
      const firstStep = first
      first += command.steps.length
      return {
        line: command.line,
        firstStep,
        steps: command.steps.map((step, index) => ({
          step: firstStep + index,
          type: step.event.type,
          label: step.label,
        })),
      }
    })
  const messages: PlayView['messages'] = [
    ...(appended
      ? [
          {
            id: 'copied',
            tone: 'warning' as const,
            text: '64 B of yours, **2.0 GB** copied up: `/srv/archive.db` came with the image.',
            step: steps.length,
          },
        ]
      : []),
    ...(solved
      ? [
          {
            id: 'solved',
            tone: 'good' as const,
            text: 'Both goals are met.',
            step: steps.length,
          },
        ]
      : []),
  ]
  return {
    attemptId: 'attempt-1',
    revision: state.revision,
    level: {
      id: 'one-line-two-gigabytes',
      number: 6,
      title: 'One line, two gigabytes',
      actId: 'copy-on-write',
      actTitle: 'Copy-on-write',
    },
    story: [
      'Nadia appends one audit line to `archive.db` and the request hangs for ten seconds.',
      'The file came with the image.',
    ],
    goals: [
      {
        id: 'append',
        text: 'Append the audit line',
        state: appended ? 'met' : 'open',
        because: appended
          ? '`/srv/archive.db` ends with the line (writable layer)'
          : '`/srv/archive.db` is as the image has it (layer 2)',
        path: ARCHIVE,
        layer: appended ? 'upper' : LAYER_2,
      },
      {
        id: 'remove-seed',
        text: 'Take `/srv/seed.csv` out of sight of the **process**',
        state: whiteout ? 'met' : 'open',
        because: whiteout ? 'a whiteout covers it' : '`/srv/seed.csv` answers from layer 2',
        path: SEED,
        layer: whiteout ? 'upper' : LAYER_2,
      },
    ],
    predictions: [state.prediction],
    explanation: state.explanation,
    marks: null,
    hints: { shown: HINTS.slice(0, state.hintsTaken), remaining: HINTS.length - state.hintsTaken },
    messages,
    terminal: state.entries,
    actions: [
      {
        id: 'append',
        label: 'Append',
        icon: 'append',
        line: `docker exec db sh -c 'echo "audit: login ada" >> {path}'`,
        fields: [{ name: 'path', label: 'File', choices: [ARCHIVE, '/etc/driftwood.conf'] }],
        enabled: true,
      },
      {
        id: 'delete',
        label: 'Delete seed.csv',
        icon: 'delete',
        line: DELETE_LINE,
        fields: [],
        enabled: !whiteout,
      },
      {
        id: 'volume',
        label: 'Mount volume',
        icon: 'volume',
        line: 'docker run -d --name db -v {volume}:{path} driftwood/archive:1.4',
        fields: [
          { name: 'volume', label: 'Volume', choices: ['pgdata', 'archive'] },
          { name: 'path', label: 'Path', choices: ['/srv', '/data'] },
        ],
        enabled: true,
      },
      { id: 'list', label: 'ps', icon: 'list', line: 'docker ps', fields: [], enabled: true },
    ],
    timeline: {
      commands,
      shownStep: state.shownStep,
      totalSteps: steps.length,
      canUndo: state.done.length > 0,
      canRedo: state.undone.length > 0,
      branches: [],
    },
    stage,
    instruments: {
      disk: {
        container: 'db',
        copiedUp: archive ? 2 * GB : 0,
        bornHere: appended ? 64 : 0,
        imageLayers: 2.09 * GB,
        containers: 2,
        writableLayers: archive?.bytes ?? 0,
        volumes: 48.2 * MB,
        buildCache: 0,
        hiddenByWhiteouts: whiteout ? 8.4 * MB : 0,
      },
      inspect: {
        text: '[\n    {\n        "Name": "/db",\n        "Mounts": [\n            { "Type": "volume", "Name": "pgdata" }\n        ]\n    }\n]',
        marked: [4],
      },
      events: steps.slice(0, state.shownStep).map((step, index) => ({
        step: index + 1,
        label: step.label,
        why: step.why,
        rule: step.event.rule,
      })),
      dockerSays: [
        {
          command: 'docker ps -s',
          output: `NAMES   SIZE\ndb      ${archive ? '2GB (virtual 4.09GB)' : '0B (virtual 2.09GB)'}\n`,
        },
        {
          command: 'docker diff db',
          output: [archive && `C /srv\nC ${ARCHIVE}`, whiteout && `D ${SEED}`]
            .filter(Boolean)
            .join('\n'),
        },
      ],
    },
    score: {
      moves: state.done.length,
      par: 2,
      stars: solved ? 3 : appended ? 1 : 0,
      starReasons: [
        { text: 'Both goals are met', earned: solved },
        { text: 'At most **2.0 GB** copied up', earned: solved },
        { text: 'Every prediction was given', earned: solved },
      ],
      simulatedSeconds: appended ? 10.01 : 0,
      copiedUpBytes: archive ? 2 * GB : 0,
      bookmarks: 1204,
    },
    solved,
    debrief: solved
      ? {
          happened: [
            'The first write to `/srv/archive.db` copied **2.0 GB** into the writable layer.',
            'The delete covered `/srv/seed.csv`; its 8.4 MB are still on disk.',
          ],
          rule: 'The first change of a file from the image copies all of it; later changes do not.',
          numbers: [{ label: 'Copied up', yours: '2.0 GB', par: '2.0 GB' }],
          predictions: [
            {
              ...state.prediction,
              state: 'revealed',
              right: state.prediction.answer === 'file',
              truth: '2.0 GB, the whole file',
              explanation: 'Copy-up works file by file.',
            },
          ],
          tryItForReal: {
            folder: 'driftwood-first-write',
            pulls: ['debian:bookworm-slim'],
            saved: [{ name: 'commands.sh', text: '#!/usr/bin/env bash\n' }],
            files: [
              { name: 'Dockerfile', text: 'FROM debian:bookworm-slim\nCOPY archive.db /srv/' },
            ],
            commands: ['docker build -t archive .', 'docker run -d --name db archive sleep 1h'],
          },
          stars: 3,
          nextLevelId: null,
        }
      : null,
  }
}
