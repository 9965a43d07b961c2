import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { runKiosk } from '../../../src-main/runKiosk.ts'

/** A process that ends when it is told to, or by itself. */
class Program extends EventEmitter {
  exitCode: number | null = null
  signalCode: NodeJS.Signals | null = null

  end(code: number | null, signal: NodeJS.Signals | null = null): void {
    this.exitCode = code
    this.signalCode = signal
    this.emit('exit', code, signal)
  }

  kill(signal: NodeJS.Signals): boolean {
    if (this.exitCode !== null || this.signalCode !== null) return false
    this.end(null, signal)
    return true
  }
}

function kiosk() {
  const hosts: Program[] = []
  const pauses: (() => void)[] = []
  const gaveUp: number[] = []
  const end = runKiosk({
    startHost: () => {
      hosts.push(new Program())
      return hosts.at(-1) as unknown as ChildProcess
    },
    startBrowser: null,
    now: () => 0,
    later: (action) => pauses.push(action),
    say: () => {},
    giveUp: (code) => gaveUp.push(code),
  })
  hosts[0]?.emit('message', { kind: 'ready', url: 'http://127.0.0.1:1/', port: 1 })
  return { hosts, pauses, gaveUp, end }
}

test('a host that a signal ended is started again after a pause', () => {
  const { hosts, pauses, gaveUp } = kiosk()
  hosts[0]?.end(null, 'SIGSEGV')
  pauses.shift()?.()
  expect({ hosts: hosts.length, gaveUp }).toEqual({ hosts: 2, gaveUp: [] })
})

test('told to end during that pause, the kiosk ends and nothing is started', () => {
  const { hosts, pauses, gaveUp, end } = kiosk()
  hosts[0]?.end(null, 'SIGSEGV')
  end('SIGTERM')
  expect(gaveUp).toEqual([0])
  pauses.shift()?.()
  expect(hosts).toHaveLength(1)
})
