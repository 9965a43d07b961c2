import { Container, Graphics, Sprite, Texture } from 'pixi.js'
import type { Size } from '../layout/metrics.ts'
import type { Point } from '../layout/nodes.ts'
import type { Palette } from '../palette.ts'
import { strokePath } from './strokes.ts'

/** One swell across the view. */
export function swell(width: number, y: number, height: number, length: number, shift: number) {
  const points: Point[] = []
  for (let x = 0; x <= width + 12; x += 12) {
    points.push({ x, y: y + Math.sin(((x + shift) / length) * Math.PI * 2) * height })
  }
  return points
}

/** A few faint lights in the upper part, always the same ones. */
function stars(size: Size) {
  const count = Math.min(Math.round((size.width * size.height) / 16_000), 160)
  return Array.from({ length: count }, (_, index) => {
    const part = (step: number) => (Math.sin(index * step) * 43_758.5453 + 43_758.5453) % 1
    const y = part(78.233) ** 1.6
    return {
      x: part(12.9898) * size.width,
      y: y * size.height * 0.7,
      size: 0.6 + part(39.425) * 0.8,
      alpha: (0.1 + part(93.989) * 0.3) * (1 - y),
    }
  })
}

const css = (color: number) => `#${color.toString(16).padStart(6, '0')}`

function gradient(palette: Palette): Texture {
  const canvas = document.createElement('canvas')
  canvas.width = 4
  canvas.height = 256
  const context = canvas.getContext('2d')
  if (context) {
    const fill = context.createLinearGradient(0, 0, 0, 256)
    fill.addColorStop(0, css(palette.waterTop))
    fill.addColorStop(1, css(palette.waterBottom))
    context.fillStyle = fill
    context.fillRect(0, 0, 4, 256)
  }
  return Texture.from(canvas, true)
}

/** The night sea behind everything: a gradient and two still swells at the bottom. */
export class Water {
  readonly root = new Container({ eventMode: 'none' })
  #texture: Texture | null = null

  draw(size: Size, palette: Palette): void {
    this.#clear()
    this.#texture = gradient(palette)
    const sky = new Sprite({ texture: this.#texture, width: size.width, height: size.height })
    const waves = new Graphics()
    for (const star of stars(size)) {
      waves.circle(star.x, star.y, star.size).fill({ color: palette.sky, alpha: star.alpha })
    }
    const depth = Math.min(Math.max(size.height * 0.085, 18), 64)
    const base = size.height - depth * 0.72
    const rows: readonly (readonly [number, number, number, number])[] = [
      [base, depth * 0.16, 330, 40],
      [base + depth * 0.38, depth * 0.13, 270, 190],
    ]
    for (const [y, height, length, shift] of rows) {
      const line = swell(size.width, y, height, length, shift)
      const first = line[0] as Point
      waves.moveTo(first.x, first.y)
      for (const point of line.slice(1)) waves.lineTo(point.x, point.y)
      waves
        .lineTo(size.width + 12, size.height)
        .lineTo(0, size.height)
        .closePath()
      waves.fill({ color: palette.wave, alpha: 0.13 })
      strokePath(waves, line, { width: 1.5, color: palette.wave, alpha: 0.85 })
    }
    this.root.addChild(sky, waves)
  }

  destroy(): void {
    this.#clear()
    this.root.destroy({ children: true })
  }

  #clear(): void {
    for (const child of this.root.removeChildren()) child.destroy()
    this.#texture?.destroy(true)
    this.#texture = null
  }
}
