import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, ipcMain, powerSaveBlocker, protocol, session } from 'electron'
import { filesBroughtChannel } from './contract/channels.ts'
import { answerAppRequest, appScheme } from './electron/appProtocol.ts'
import { ipcPort } from './electron/ipcPort.ts'
import { lockableWindow, lockDown } from './electron/lockDown.ts'
import { createOpenedFiles, fileOpeningApp, type OpenedFiles } from './electron/openedFiles.ts'
import { closeSession } from './electron/permissions.ts'
import { watchedPage, watchHealth } from './electron/watchHealth.ts'
import { guardContents, pageUrl, windowOptions } from './electron/window.ts'
import { alreadyRunningMessage, isAlreadyRunning } from './hostNote.ts'
import { isKeptRunning } from './keepRunning.ts'
import { readKioskSettings } from './kioskSettings.ts'
import { openGame } from './openGame.ts'
import { type ProjectPaths, projectPaths, resolveDataDir } from './paths.ts'
import { pageQueryFor, parseStartOptions, type StartOptions } from './startOptions.ts'

const APP_SWITCHES = ['--data', '--renderer', '--kiosk']

/** Chromium and test tools put switches of their own on the command line; ours are picked out. */
const ownArguments = process.argv.filter(
  (argument, position, all) =>
    APP_SWITCHES.some((name) => argument === name || argument.startsWith(`${name}=`)) ||
    ['--data', '--renderer'].includes(all[position - 1] ?? ''),
)

app.enableSandbox()
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
protocol.registerSchemesAsPrivileged([appScheme])

const options = parseStartOptions(ownArguments)
if (typeof options === 'string') {
  process.stderr.write(`${options}\n`)
  app.exit(2)
} else {
  start(options)
}

function start(chosen: StartOptions): void {
  const dataDir = resolveDataDir({
    argument: chosen.dataDir,
    platform: process.platform,
    env: process.env,
    home: homedir(),
  })
  app.setPath('userData', join(dataDir, 'chromium'))
  const opened = createOpenedFiles(fileOpeningApp(app), {
    argv: process.argv,
    folder: process.cwd(),
  })
  if (!opened.isFirst) {
    app.quit()
    return
  }
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  app.on('window-all-closed', () => app.quit())
  app
    .whenReady()
    .then(() => openWindow(chosen, projectPaths(app.getAppPath()), dataDir, opened))
    .catch((cause: unknown) => {
      const message = startFailure(cause, dataDir)
      process.stderr.write(`${message}\n`)
      dialog.showErrorBox('Driftwood', message)
      app.exit(1)
    })
}

function startFailure(cause: unknown, dataDir: string): string {
  if (isAlreadyRunning(cause)) return alreadyRunningMessage(dataDir)
  return cause instanceof Error ? cause.message : String(cause)
}

async function openWindow(
  chosen: StartOptions,
  paths: ProjectPaths,
  dataDir: string,
  opened: OpenedFiles,
): Promise<void> {
  const kiosk = readKioskSettings(dataDir, chosen.kiosk)
  if (typeof kiosk === 'string') throw new Error(kiosk)
  let letGo = () => {}
  const game = openGame(paths, dataDir, { mode: 'desktop', kiosk, leaveKiosk: () => letGo() })
  app.on('will-quit', () => game.close())
  process.on('uncaughtException', (cause) => game.log.error('uncaught', cause))
  process.on('unhandledRejection', (cause) => game.log.error('unhandled rejection', cause))

  closeSession(session.defaultSession, {
    // A kiosk shows no dialog that leads to the disk: what a visitor takes home lies ready there.
    saveTo: kiosk === null ? null : join(dataDir, 'visits'),
  })
  protocol.handle(appScheme.scheme, (request) => answerAppRequest(paths.renderer, request))
  const window = new BrowserWindow(
    windowOptions({ preload: paths.preload, kiosk: kiosk !== null, packaged: app.isPackaged }),
  )
  window.removeMenu()
  game.serve(ipcPort(ipcMain, () => (window.isDestroyed() ? null : window.webContents.mainFrame)))
  opened.listen((files) => {
    if (files !== null) game.bring(files)
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
    window.webContents.send(filesBroughtChannel)
  })
  watchHealth({
    page: watchedPage(window),
    program: {
      relaunch: () => app.relaunch(),
      close: () => game.close(),
      exit: (code) => app.exit(code),
    },
    isKiosk: kiosk !== null,
    isKept: isKeptRunning(process.env),
    log: game.log,
    now: () => performance.now(),
  })
  app.on('child-process-gone', (_event, details) => {
    game.log.warn(`a ${details.type} process is gone: ${details.reason}`)
  })
  if (kiosk !== null) {
    letGo = lockDown(lockableWindow(window))
    powerSaveBlocker.start('prevent-display-sleep')
  }
  window.once('ready-to-show', () => window.show())
  await window.loadURL(pageUrl(pageQueryFor(chosen.renderer)))
}
