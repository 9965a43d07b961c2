import { expect, it } from 'vitest'
import { err, ok, type Result } from '../../../../src-main/contract/result.ts'
import {
  createViewHolder,
  createViewSender,
  NO_VIEW,
} from '../../../../src-main/contract/viewChanges.ts'

const viewAt = (revision: number) => ({
  attemptId: 'a',
  revision,
  terminal: Array.from({ length: revision }, (_, id) => ({ id, line: 'x'.repeat(200) })),
})
const replyAt = (revision: number): Result<unknown> => ok({ view: viewAt(revision), film: null })

function aPage() {
  let names = 0
  const send = createViewSender(() => {
    names += 1
    return `v${names}`
  })
  const begin = createViewHolder()
  /** The reply as it travels, and what the page makes of it. */
  const ask = (reply: Result<unknown>) => {
    const { held, receive } = begin()
    const text = JSON.stringify(send(reply, held))
    return { text, receive: () => receive(JSON.parse(text)) }
  }
  return { send, begin, ask }
}

it('comes whole first, then as what changed, and reads the same', () => {
  const { ask } = aPage()
  const first = ask(replyAt(20))
  expect(first.receive()).toEqual(replyAt(20))
  const second = ask(replyAt(21))
  expect(second.receive()).toEqual(replyAt(21))
  expect(second.text.length).toBeLessThan(first.text.length / 5)
})

it('comes whole to a page that holds another view: a second tab, or a reply that got lost', () => {
  const { ask, send } = aPage()
  ask(replyAt(1)).receive()
  const toOtherTab = send(replyAt(2), NO_VIEW)
  expect(toOtherTab).toMatchObject({ ...replyAt(2), sent: { from: null } })
  expect(ask(replyAt(3)).text).toContain('"from":null')
  expect(ask(replyAt(4)).receive()).toEqual(replyAt(4))
  expect(ask(replyAt(5)).text).not.toContain('"from":null')
})

it('is put together whichever of two replies comes first', () => {
  const { ask } = aPage()
  ask(replyAt(1)).receive()
  const [one, two] = [ask(replyAt(2)), ask(replyAt(3))]
  expect(two.receive()).toEqual(replyAt(3))
  expect(one.receive()).toEqual(replyAt(2))
  expect(ask(replyAt(4)).receive()).toEqual(replyAt(4))
})

it('leaves alone what holds no view', () => {
  const { ask, send } = aPage()
  for (const reply of [ok({}), ok(null), ok({ view: null }), err('conflict', 'no')]) {
    expect(send(reply, NO_VIEW)).toBe(reply)
    expect(ask(reply).receive()).toEqual(reply)
  }
})

it('is refused where it would be put on another view', () => {
  const { begin } = aPage()
  const reply = { ok: true, value: { view: { in: {} } }, sent: { as: 'v9', from: 'v8' } }
  expect(() => begin().receive(reply)).toThrow('another view')
})
