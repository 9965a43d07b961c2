import { describe, expect, it } from 'vitest'
import { type HealthOptions, watchHealth } from '../../../../src-main/electron/watchHealth.ts'

function watched(options: Pick<HealthOptions, 'isKiosk' | 'isKept'>) {
  const done: string[] = []
  const note = (what: string) => () => done.push(what)
  let pageGone = (_: string) => {}
  let hung = () => {}
  watchHealth({
    ...options,
    page: {
      onGone: (then) => {
        pageGone = then
      },
      onHung: (then) => {
        hung = then
      },
      reload: note('reload'),
      crash: () => {
        done.push('crash')
        pageGone('killed')
      },
    },
    program: {
      relaunch: note('relaunch'),
      close: note('close'),
      exit: (code) => done.push(`exit ${code}`),
    },
    log: { warn: () => {}, error: () => {} },
    now: () => 0,
  })
  return { done, pageGone: () => pageGone('crashed'), hung: () => hung() }
}

describe('a page that has died', () => {
  it('is shown again; the fourth time within a minute the program starts anew', () => {
    const { done, pageGone } = watched({ isKiosk: false, isKept: false })
    for (let time = 0; time < 4; time += 1) pageGone()
    expect(done).toEqual(['reload', 'reload', 'reload', 'relaunch', 'close', 'exit 0'])
  })

  it('leaves the new start to whoever keeps the program running', () => {
    const { done, pageGone } = watched({ isKiosk: true, isKept: true })
    for (let time = 0; time < 4; time += 1) pageGone()
    // Exit 0 would be taken for its own wish to end.
    expect(done.slice(3)).toEqual(['close', 'exit 1'])
  })
})

describe('a page that hangs', () => {
  it('at a kiosk, where nobody can close it, is shown again', () => {
    const { done, hung } = watched({ isKiosk: true, isKept: true })
    hung()
    expect(done).toEqual(['crash', 'reload'])
  })

  it('elsewhere is left to the player, who may want to wait', () => {
    const { done, hung } = watched({ isKiosk: false, isKept: false })
    hung()
    expect(done).toEqual([])
  })
})
