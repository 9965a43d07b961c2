import { beforeEach, describe, expect, it } from 'vitest'
import { useLineHistory } from '../../../../src-renderer/composables/useLineHistory.ts'

beforeEach(() => sessionStorage.clear())

describe('useLineHistory', () => {
  it('walks back to the oldest and forward to what was being typed', () => {
    const history = useLineHistory('level')
    history.remember('one')
    history.remember('two')
    expect([history.back('dra'), history.back(''), history.back('')]).toEqual(['two', 'one', null])
    expect([history.forward(), history.forward(), history.forward()]).toEqual(['two', 'dra', null])
  })

  it('is kept over a reload of the window', () => {
    useLineHistory('level').remember('docker ps')
    expect(useLineHistory('level').back('')).toBe('docker ps')
    expect(useLineHistory('other').back('')).toBeNull()
  })

  it('keeps a repeated line once and no empty ones', () => {
    const history = useLineHistory('level')
    for (const line of ['a', 'a', '  ']) history.remember(line)
    expect([history.back(''), history.back('')]).toEqual(['a', null])
  })

  it('starts from the lines of a continued attempt', () => {
    const history = useLineHistory('level')
    history.seed(['old one', 'old two'])
    expect(history.back('')).toBe('old two')
  })

  it('finds the newest line with a text, then older ones', () => {
    const history = useLineHistory('level')
    for (const line of ['docker ps', 'ls', 'docker rm db']) history.remember(line)
    expect(history.search('docker')).toBe('docker rm db')
    expect(history.search('docker', 1)).toBe('docker ps')
    expect(history.search('docker', 2)).toBeNull()
  })

  it('survives a broken entry of the session', () => {
    sessionStorage.setItem('driftwood-history-level', '{')
    expect(useLineHistory('level').back('')).toBeNull()
  })
})
