import { parseArgs } from 'node:util'

export type RendererChoice = 'auto' | 'webgl' | 'canvas'

export interface StartOptions {
  /** null: Electron where it can run, else the browser. */
  readonly host: 'electron' | 'browser' | null
  readonly dataDir: string | undefined
  readonly port: number
  readonly open: boolean
  readonly renderer: RendererChoice
  readonly kiosk: boolean
  readonly development: boolean
  readonly help: boolean
}

export const START_USAGE = `npm start -- [options]
  --browser         serve the game to a browser on this computer
  --electron        insist on the desktop app
  --data DIR        the data folder (progress, settings)
  --port N          port of the browser host (default: any free one)
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
  'no-open': { type: 'boolean' },
  renderer: { type: 'string' },
  kiosk: { type: 'boolean' },
  dev: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** The options of a start, or one sentence about what is wrong with them. */
export function parseStartOptions(args: readonly string[]): StartOptions | string {
  let values: ReturnType<typeof parse>
  try {
    values = parse(args)
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
  const port = values.port === undefined ? 0 : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65535 || values.port === '') {
    return `--port: expected a number from 0 to 65535, got "${values.port}"`
  }
  const renderer = values.renderer ?? 'auto'
  if (!isRenderer(renderer)) {
    return `--renderer: expected auto, webgl or canvas, got "${renderer}"`
  }
  if (values.data === '') return '--data: expected a folder'
  if (values.browser && values.electron) return '--browser and --electron exclude each other'
  return {
    host: values.electron ? 'electron' : values.browser || values.dev ? 'browser' : null,
    dataDir: values.data,
    port,
    open: !values['no-open'],
    renderer,
    kiosk: values.kiosk === true,
    development: values.dev === true,
    help: values.help === true,
  }
}

const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], options: flags, allowPositionals: false }).values

const isRenderer = (value: string): value is RendererChoice =>
  ['auto', 'webgl', 'canvas'].includes(value)

/** How the page learns of the choice. */
export const pageQueryFor = (renderer: RendererChoice): string =>
  renderer === 'auto' ? '' : `renderer=${renderer}`
