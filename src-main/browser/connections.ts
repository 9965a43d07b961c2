import type { Server } from 'node:http'

/** Sixty browsers with the six connections that each opens, and some to spare. */
const MOST = 480
/** One school's proxy may stand for a whole room, but nobody takes every connection. */
const MOST_OF_ONE_ADDRESS = 400

/** Closes connections beyond the caps at once, so that those who play keep theirs. */
export function capConnections(server: Server): void {
  const open = new Map<string, number>()
  server.maxConnections = MOST
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? ''
    const count = (open.get(address) ?? 0) + 1
    open.set(address, count)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
    if (count > MOST_OF_ONE_ADDRESS) socket.destroy()
  })
}
