import { isIPv4 } from 'node:net'
import { parseArgs } from 'node:util'
import { openedKind } from './calls/brought.ts'

export type RendererChoice = 'auto' | 'webgl' | 'canvas'

export interface StartOptions {
  /** null: Electron where it can run, else the browser. */
  readonly host: 'electron' | 'browser' | null
  readonly dataDir: string | undefined
  readonly port: number
  /** An IPv4 address of this machine that a whole room may reach; null: this computer only. */
  readonly listen: string | null
  readonly open: boolean
  readonly renderer: RendererChoice
  readonly kiosk: boolean
  readonly development: boolean
  readonly help: boolean
  /** Exported progress or levels to be looked at; taken in only after a yes in the game. */
  readonly files: readonly string[]
}

export const START_USAGE = `npm start -- [options] [FILE ...]
  FILE              exported progress (.driftwood) or a level (.driftwood-level): the game
                    asks before it takes anything in
  --browser         serve the game to a browser on this computer
  --electron        insist on the desktop app
  --data DIR        the data folder (progress, settings)
  --port N          port of the browser host (default: any free one)
  --listen ADDRESS  with --browser: a classroom. Serves up to 60 browsers in the network of
                    this address, each its own player by a code (docs/instructors.md)
  --no-open         print the address, open no browser
  --renderer KIND   auto, webgl or canvas
  --kiosk           alone on the screen, started again when it ends, left with the
                    instructor PIN only (kiosk.json in the data folder does the same)
  --help            this text`

const flags = {
  browser: { type: 'boolean' },
  electron: { type: 'boolean' },
  data: { type: 'string' },
  port: { type: 'string' },
  listen: { type: 'string' },
  'no-open': { type: 'boolean' },
  renderer: { type: 'string' },
  kiosk: { type: 'boolean' },
  dev: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** The options of a start, or one sentence about what is wrong with them. */
export function parseStartOptions(args: readonly string[]): StartOptions | string {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
  const { values, positionals: files } = parsed
  const isRoom = values.listen !== undefined
  const port = values.port === undefined ? (isRoom ? ROOM_PORT : 0) : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65535 || values.port === '') {
    return `--port: expected a number from 0 to 65535, got "${values.port}"`
  }
  const renderer = values.renderer ?? 'auto'
  if (!isRenderer(renderer)) {
    return `--renderer: expected auto, webgl or canvas, got "${renderer}"`
  }
  if (values.data === '') return '--data: expected a folder'
  if (values.browser && values.electron) return '--browser and --electron exclude each other'
  const stranger = files.find((file) => openedKind(file) === null)
  if (stranger !== undefined) {
    return `${stranger}: expected an option, or a file ending in .driftwood or .driftwood-level`
  }
  if (files.length > 0 && (values.kiosk || isRoom)) {
    return 'a kiosk or a classroom takes no files at its start: import them with the instructor PIN'
  }
  const listening = listenProblem(values)
  if (listening !== null) return listening
  return {
    host: values.electron ? 'electron' : values.browser || values.dev ? 'browser' : null,
    dataDir: values.data,
    port,
    listen: values.listen ?? null,
    open: !values['no-open'] && !isRoom,
    renderer,
    kiosk: values.kiosk === true,
    development: values.dev === true,
    help: values.help === true,
    files,
  }
}

/** Always the same, so that browsers find their room again after a restart. */
const ROOM_PORT = 4877

/** Opening this machine to others has to be said in full: nothing else leads there. */
function listenProblem(values: ReturnType<typeof parse>['values']): string | null {
  const { listen } = values
  if (listen === undefined) return null
  if (!values.browser) return '--listen opens this machine to a network: it needs --browser too'
  if (values.kiosk || values.dev) return '--listen excludes --kiosk and --dev'
  if (!isIPv4(listen)) return `--listen: expected an IPv4 address of this machine, got "${listen}"`
  if (listen === '0.0.0.0') {
    return '--listen: one address of this machine, not 0.0.0.0: only requests to that one are answered'
  }
  return null
}

const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], options: flags, allowPositionals: true })

const isRenderer = (value: string): value is RendererChoice =>
  ['auto', 'webgl', 'canvas'].includes(value)

/** How the page learns of the choice. */
export const pageQueryFor = (renderer: RendererChoice): string =>
  renderer === 'auto' ? '' : `renderer=${renderer}`
