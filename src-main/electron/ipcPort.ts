import type { IpcMainInvokeEvent, WebFrameMain } from 'electron'
import type { CallPort } from '../calls/router.ts'
import { APP_ORIGIN } from './appAddress.ts'

export interface IpcServer {
  readonly handle: (
    channel: string,
    listener: (event: Pick<IpcMainInvokeEvent, 'senderFrame'>, request: unknown) => unknown,
  ) => void
}

/**
 * The contract over IPC. Trusted is the top frame of the game's window, and only while it shows
 * the game (`senderFrame` is null once a frame has navigated away).
 */
export function ipcPort(ipc: IpcServer, mainFrame: () => WebFrameMain | null): CallPort {
  return {
    set: (channel, answer) =>
      ipc.handle(channel, ({ senderFrame }, request) => {
        const trusted =
          senderFrame !== null && senderFrame === mainFrame() && senderFrame.origin === APP_ORIGIN
        return answer(
          { trusted, description: senderFrame?.origin ?? 'a frame that is gone' },
          request,
        )
      }),
  }
}
