import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { heldAddress, heldEnvironment, runKiosk } from '../../../src-main/runKiosk.ts'

/** A process that ends when it is told to, or by itself. */
class Program extends EventEmitter {
  exitCode: number | null = null
  signalCode: NodeJS.Signals | null = null

  end(code: number | null, signal: NodeJS.Signals | null = null): void {
    this.exitCode = code
    this.signalCode = signal
    this.emit('exit', code, signal)
  }

  kill(signal: NodeJS.Signals = 'SIGTERM'): boolean {
    if (this.exitCode !== null || this.signalCode !== null) return false
    this.end(null, signal)
    return true
  }
}

function kiosk() {
  const hosts: Program[] = []
  const browsers: Program[] = []
  const asked: { readonly port: number | null; readonly token: string }[] = []
  const ended: number[] = []
  const later: (() => void)[] = []
  const standIn = (list: Program[]) => {
    const one = new Program()
    list.push(one)
    return one as unknown as ChildProcess
  }
  const end = runKiosk({
    now: () => 0,
    later: (action) => later.push(action),
    say: () => {},
    giveUp: (code) => ended.push(code),
    startHost: (address) => {
      asked.push(address)
      return standIn(hosts)
    },
    startBrowser: () => standIn(browsers),
  })
  return {
    hosts,
    browsers,
    asked,
    ended,
    end,
    serve: () => hosts.at(-1)?.emit('message', { kind: 'ready', url: 'http://here/', port: 4711 }),
    /** The pause before a new start. */
    wait: () => later.splice(0).forEach((action) => void action()),
  }
}

test('a host that died is asked for the same address again, and the browser stays', () => {
  const { hosts, browsers, asked, serve, wait, ended } = kiosk()
  expect(asked[0]?.port).toBeNull()
  serve()
  hosts[0]?.end(137)
  wait()
  serve()
  expect(asked[1]).toEqual({ port: 4711, token: asked[0]?.token })
  expect([hosts.length, browsers.length]).toEqual([2, 1])
  expect([browsers[0]?.signalCode, ended]).toEqual([null, []])
})

test('a host that never came to be served is not tried again', () => {
  const { hosts, ended, wait } = kiosk()
  hosts[0]?.end(2)
  wait()
  expect([hosts.length, ended]).toEqual([1, [2]])
})

test('a browser that cannot be shown ends the host too, with the code of a failure', () => {
  const { hosts, browsers, serve, wait, ended } = kiosk()
  serve()
  for (let times = 0; times < 5; times += 1) {
    browsers.at(-1)?.end(1)
    wait()
  }
  expect(browsers).toHaveLength(5)
  expect(hosts[0]?.signalCode).toBe('SIGTERM')
  expect(ended).toEqual([1])
})

test('whoever leaves with the PIN ends both; so does a signal', () => {
  const left = kiosk()
  left.serve()
  left.hosts[0]?.emit('message', { kind: 'left' })
  const stopped = kiosk()
  stopped.serve()
  stopped.end('SIGINT')
  for (const { hosts, browsers, ended, wait } of [left, stopped]) {
    wait()
    expect([hosts.length, browsers.length, ended]).toEqual([1, 1, [0]])
    expect(browsers[0]?.signalCode).toBe('SIGTERM')
  }
  expect(stopped.hosts[0]?.signalCode).toBe('SIGINT')
})

test('a host that a signal ended is started again after a pause', () => {
  const { hosts, serve, wait, ended } = kiosk()
  serve()
  hosts[0]?.end(null, 'SIGSEGV')
  wait()
  expect([hosts.length, ended]).toEqual([2, []])
})

test('told to end during that pause, the kiosk ends and nothing is started', () => {
  const { hosts, serve, wait, ended, end } = kiosk()
  serve()
  hosts[0]?.end(null, 'SIGSEGV')
  end('SIGTERM')
  expect(ended).toEqual([0])
  wait()
  expect(hosts).toHaveLength(1)
})

test('what a host is told survives the way to its process', () => {
  for (const address of [
    { token: 'abc-_', port: null },
    { token: 'abc-_', port: 4711 },
  ]) {
    expect(heldAddress(heldEnvironment(address))).toEqual(address)
  }
  expect(heldAddress({})).toBeNull()
})
