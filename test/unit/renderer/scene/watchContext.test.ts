import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RETURNS_WITHIN, watchContext } from '../../../../src-renderer/scene/watchContext.ts'

describe('watchContext', () => {
  const told: string[] = []
  let canvas: HTMLCanvasElement
  let end: () => void

  beforeEach(() => {
    vi.useFakeTimers()
    told.length = 0
    canvas = document.createElement('canvas')
    end = watchContext(canvas, {
      onReturn: () => told.push('return'),
      onGone: () => told.push('gone'),
    })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const happen = (name: string) => canvas.dispatchEvent(new Event(name))

  it.each([
    ['webglcontextlost', 'webglcontextrestored'],
    ['contextlost', 'contextrestored'],
  ])('has a context that came back drawn again: %s', (lost, restored) => {
    happen(lost)
    vi.advanceTimersByTime(RETURNS_WITHIN - 1)
    happen(restored)
    vi.advanceTimersByTime(RETURNS_WITHIN * 2)
    expect(told).toEqual(['return'])
  })

  it('gives up a context that stays away, once', () => {
    happen('webglcontextlost')
    vi.advanceTimersByTime(RETURNS_WITHIN * 3)
    expect(told).toEqual(['gone'])
  })

  it('says nothing of a canvas that is no longer watched', () => {
    happen('webglcontextlost')
    end()
    vi.advanceTimersByTime(RETURNS_WITHIN * 3)
    happen('webglcontextrestored')
    expect(told).toEqual([])
  })
})
