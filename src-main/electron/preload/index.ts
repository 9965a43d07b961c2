import { contextBridge, ipcRenderer } from 'electron'
import type { GameApi } from '../../contract/api.ts'
import { callChannels } from '../../contract/channels.ts'

/** One method per call of the contract; the page never gets hold of ipcRenderer itself. */
const game = Object.fromEntries(
  Object.entries(callChannels).map(([name, channel]) => [
    name,
    (request: unknown) => ipcRenderer.invoke(channel, request),
  ]),
) as unknown as GameApi

contextBridge.exposeInMainWorld('game', game)
