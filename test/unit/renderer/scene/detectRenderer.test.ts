import { describe, expect, it } from 'vitest'
import { chooseRenderer } from '../../../../src-renderer/scene/detectRenderer.ts'

describe('chooseRenderer', () => {
  it.each([
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)',
    'llvmpipe (LLVM 15.0.6, 256 bits)',
    'Microsoft Basic Render Driver',
    'Software Rasterizer',
  ])('takes the canvas where WebGL is drawn in software: %s', (device) => {
    expect(chooseRenderer('auto', () => device)).toBe('canvas')
    expect(chooseRenderer('webgl', () => device)).toBe('webgl')
  })

  it('takes WebGL on a graphics device, and where the device does not tell its name', () => {
    expect(chooseRenderer('auto', () => 'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620)')).toBe(
      'webgl',
    )
    expect(chooseRenderer('auto', () => '')).toBe('webgl')
  })

  it('takes the canvas without WebGL, and when it is asked for', () => {
    expect(chooseRenderer('auto', () => null)).toBe('canvas')
    expect(chooseRenderer('webgl', () => null)).toBe('canvas')
    expect(chooseRenderer('canvas', () => 'a graphics device')).toBe('canvas')
  })
})
