import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { type IdleLimits, useIdle } from '../../../../src-renderer/composables/useIdle.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => vi.useRealTimers())

function watched(limits: IdleLimits | null = { idleSeconds: 60, countdownSeconds: 20 }) {
  let ends = 0
  const given = ref(limits)
  let idle: ReturnType<typeof useIdle> | null = null
  const wrapper = mount(
    defineComponent(() => {
      idle = useIdle(given, () => {
        ends += 1
      })
      return () => h('p')
    }),
  )
  const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000)
  return { pass, given, wrapper, ends: () => ends, left: () => idle?.remaining.value ?? null }
}

it('counts the last seconds down, and ends once', () => {
  const { pass, left, ends } = watched()
  pass(39.5)
  expect(left()).toBeNull()
  pass(1)
  expect(left()).toBe(20)
  pass(18.5)
  expect([left(), ends()]).toEqual([1, 0])
  pass(1)
  expect([left(), ends()]).toEqual([null, 1])
  pass(300)
  expect(ends()).toBe(1)
})

it.each(['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'input'])(
  'takes %s for a sign of life',
  (name) => {
    const { pass, left, ends } = watched()
    pass(50)
    expect(left()).toBe(10)
    window.dispatchEvent(new Event(name))
    expect(left()).toBeNull()
    pass(59)
    expect([left(), ends()]).toEqual([1, 0])
  },
)

it('watches only while there are limits, and begins anew with them', () => {
  const { pass, given, left, ends, wrapper } = watched(null)
  pass(500)
  expect([left(), ends()]).toEqual([null, 0])
  given.value = { idleSeconds: 15, countdownSeconds: 5 }
  return Promise.resolve().then(() => {
    pass(11)
    expect(left()).toBe(4)
    wrapper.unmount()
    pass(100)
    expect(ends()).toBe(0)
  })
})
