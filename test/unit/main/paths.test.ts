import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findProjectRoot, resolveDataDir } from '../../../src-main/paths.ts'

const base = { argument: undefined, platform: 'linux' as const, env: {}, home: '/home/ada' }

describe('resolveDataDir', () => {
  it('takes --data before anything else', () => {
    const env = { XDG_DATA_HOME: '/xdg' }
    expect(resolveDataDir({ ...base, argument: 'here', env })).toBe(resolve('here'))
  })

  it('follows the XDG base directories on Linux', () => {
    expect(resolveDataDir(base)).toBe('/home/ada/.local/share/driftwood')
    expect(resolveDataDir({ ...base, env: { XDG_DATA_HOME: '/xdg' } })).toBe('/xdg/driftwood')
  })

  it('ignores a relative XDG_DATA_HOME, as the specification asks', () => {
    expect(resolveDataDir({ ...base, env: { XDG_DATA_HOME: 'xdg' } })).toBe(
      '/home/ada/.local/share/driftwood',
    )
  })

  it('follows the conventions of macOS and Windows', () => {
    expect(resolveDataDir({ ...base, platform: 'darwin' })).toBe(
      '/home/ada/Library/Application Support/Driftwood',
    )
    const env = { LOCALAPPDATA: '/local' }
    expect(resolveDataDir({ ...base, platform: 'win32', env })).toBe('/local/Driftwood')
  })
})

describe('findProjectRoot', () => {
  const root = resolve(import.meta.dirname, '../../..')

  it('is the same from source and from build output', () => {
    expect(findProjectRoot(join(root, 'src-main'))).toBe(root)
    expect(findProjectRoot(join(root, 'out/main/chunks'))).toBe(root)
  })

  it('says so where there is no project', () => {
    expect(() => findProjectRoot('/')).toThrow('no package.json')
  })
})
