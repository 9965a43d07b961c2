export type RendererChoice = 'auto' | 'webgl' | 'canvas'
export type RendererKind = 'webgl' | 'canvas'

const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i

/** Name of the graphics device behind WebGL, or null without WebGL. */
export function graphicsDevice(): string | null {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl')
  if (!context) return null
  const info = context.getExtension('WEBGL_debug_renderer_info')
  const name = info ? String(context.getParameter(info.UNMASKED_RENDERER_WEBGL)) : ''
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return name
}

/**
 * WebGL where a graphics device draws it. Where it would be drawn in software, Pixi's canvas
 * renderer is several times faster.
 */
export function chooseRenderer(choice: RendererChoice, device: () => string | null): RendererKind {
  if (choice === 'canvas') return 'canvas'
  const name = device()
  if (name === null) return 'canvas'
  return choice === 'auto' && SOFTWARE.test(name) ? 'canvas' : 'webgl'
}
