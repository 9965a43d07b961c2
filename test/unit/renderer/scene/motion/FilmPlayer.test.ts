import { describe, expect, it } from 'vitest'
import { Animator } from '../../../../../src-renderer/scene/motion/Animator.ts'
import { FilmPlayer } from '../../../../../src-renderer/scene/motion/FilmPlayer.ts'

/** A strip of frames of 100 ms that writes down what is asked of it. */
function strip(frames: number) {
  const log: string[] = []
  const player = new FilmPlayer({
    frames,
    lengthOf: () => 100,
    begin: (frame) => {
      log.push(`begin ${frame}`)
      return {
        length: 100,
        update: (time) => log.push(`${frame} at ${time}`),
        end: () => log.push(`end ${frame}`),
      }
    },
    restage: (frame) => log.push(`restage ${frame}`),
    end: () => log.push('the end'),
  })
  return { player, log }
}

describe('FilmPlayer', () => {
  it('begins, moves and ends every frame in order', async () => {
    const { player, log } = strip(2)
    expect(player.advance(0)).toBe(false)
    player.advance(60)
    player.advance(60)
    expect(player.advance(90)).toBe(true)
    expect(log).toEqual([
      'begin 0',
      '0 at 0',
      '0 at 60',
      '0 at 100',
      'end 0',
      'begin 1',
      '1 at 20',
      '1 at 100',
      'end 1',
      'the end',
    ])
    await player.finished
  })

  it('carries what is left of a long step over several frames', () => {
    const { player, log } = strip(3)
    expect(player.advance(1000)).toBe(true)
    expect(log.filter((line) => line.startsWith('end'))).toEqual(['end 0', 'end 1', 'end 2'])
  })

  it('goes on from the same moment when the stage has changed its size', () => {
    const { player, log } = strip(2)
    player.restage()
    expect(log).toEqual([])
    player.advance(130)
    player.restage()
    expect(log.slice(-3)).toEqual(['restage 1', 'begin 1', '1 at 30'])
    player.advance(20)
    expect(log.at(-1)).toBe('1 at 50')
    expect(player.over).toBe(false)
  })

  it('shows any part of the film when asked, forwards and back, and stays there paused', () => {
    const { player, log } = strip(4)
    player.advance(0)
    player.pause()
    player.seek(0.6)
    expect(log.slice(-2)).toEqual(['begin 2', '2 at 40'])
    expect(player.advance(500)).toBe(false)
    player.seek(0.3)
    expect(log.slice(-6)).toEqual([
      'restage 0',
      'begin 0',
      '0 at 100',
      'end 0',
      'begin 1',
      '1 at 20',
    ])
    expect(player.over).toBe(false)
    player.seek(1)
    expect(player.over).toBe(true)
    expect(log.at(-1)).toBe('the end')
  })

  it('finishes at once, once', async () => {
    const { player, log } = strip(3)
    player.advance(50)
    player.finish()
    player.finish()
    await player.finished
    expect(player.over).toBe(true)
    expect(player.advance(50)).toBe(true)
    expect(log.slice(-2)).toEqual(['end 0', 'the end'])
  })

  it('stands still while paused', () => {
    const { player, log } = strip(1)
    player.advance(10)
    player.pause()
    expect(player.advance(500)).toBe(false)
    player.resume()
    player.advance(10)
    expect(log.at(-1)).toBe('0 at 20')
  })

  it('is over at once when there is nothing to show', async () => {
    const { player, log } = strip(0)
    expect(player.advance(0)).toBe(true)
    await player.finished
    expect(log).toEqual(['the end'])
  })
})

describe('Animator', () => {
  it('asks for frames only when something moves, and forgets what has ended', () => {
    let wakes = 0
    const animator = new Animator(() => {
      wakes++
    })
    expect(animator.busy).toBe(false)
    let left = 30
    animator.add((milliseconds) => {
      left -= milliseconds
      return left <= 0
    })
    expect([wakes, animator.busy]).toEqual([1, true])
    animator.tick(20)
    expect(animator.busy).toBe(true)
    animator.tick(20)
    expect(animator.busy).toBe(false)
  })

  it('can be told to drop an animation', () => {
    const animator = new Animator(() => {})
    const drop = animator.add(() => false)
    drop()
    expect(animator.busy).toBe(false)
  })
})
