import { contextBridge, ipcRenderer } from 'electron'
import type { GameApi } from '../../contract/api.ts'
import { callChannels, filesBroughtChannel } from '../../contract/channels.ts'

/** One method per call of the contract; the page never gets hold of ipcRenderer itself. */
const game = Object.fromEntries(
  Object.entries(callChannels).map(([name, channel]) => [
    name,
    (request: unknown) => ipcRenderer.invoke(channel, request),
  ]),
) as unknown as GameApi

contextBridge.exposeInMainWorld('game', game)
/** Nothing but that there is something: what it is, the page asks for as for everything else. */
contextBridge.exposeInMainWorld('gameNews', {
  onFilesBrought: (then: () => void) => {
    ipcRenderer.on(filesBroughtChannel, () => then())
  },
})
