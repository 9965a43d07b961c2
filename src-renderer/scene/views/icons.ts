import type { Graphics } from 'pixi.js'

/** Icons are drawn around (x, y); `size` is their height. */
export function drawLock(shape: Graphics, x: number, y: number, size: number, color: number): void {
  const width = size * 0.78
  const body = size * 0.54
  shape
    .roundRect(x - width / 2, y - size / 2 + (size - body), width, body, size * 0.12)
    .fill({ color })
  const shackle = width * 0.3
  const base = y - size / 2 + (size - body)
  shape
    .moveTo(x - shackle, base)
    .lineTo(x - shackle, base - size * 0.18)
    .arc(x, base - size * 0.18, shackle, Math.PI, 0)
    .lineTo(x + shackle, base)
    .stroke({ color, width: Math.max(size * 0.13, 1.2) })
}

export function drawAnchor(shape: Graphics, x: number, y: number, size: number, color: number) {
  const h = size / 2
  const pen = { color, width: Math.max(size * 0.12, 1.3), cap: 'round' as const }
  shape.circle(x, y - h * 0.74, h * 0.24).stroke(pen)
  shape
    .moveTo(x, y - h * 0.5)
    .lineTo(x, y + h * 0.92)
    .moveTo(x - h * 0.42, y - h * 0.2)
    .lineTo(x + h * 0.42, y - h * 0.2)
    .stroke(pen)
  shape
    .moveTo(x - h * 0.8, y + h * 0.2)
    .quadraticCurveTo(x - h * 0.66, y + h * 0.92, x, y + h * 0.92)
    .quadraticCurveTo(x + h * 0.66, y + h * 0.92, x + h * 0.8, y + h * 0.2)
    .stroke(pen)
}

/** The shore: a dune and its sun, for a directory of the host. */
export function drawShore(shape: Graphics, x: number, y: number, size: number, color: number) {
  const h = size / 2
  shape.circle(x + h * 0.42, y - h * 0.5, h * 0.26).fill({ color })
  shape
    .moveTo(x - h, y + h * 0.75)
    .quadraticCurveTo(x - h * 0.3, y - h * 0.8, x + h * 0.25, y + h * 0.2)
    .quadraticCurveTo(x + h * 0.6, y + h * 0.75, x + h, y + h * 0.75)
    .closePath()
    .fill({ color })
}

/** Mist: three drifting lines, for memory that leaves nothing behind. */
export function drawMist(shape: Graphics, x: number, y: number, size: number, color: number) {
  const h = size / 2
  const pen = { color, width: Math.max(size * 0.13, 1.4), cap: 'round' as const }
  shape
    .moveTo(x - h * 0.7, y - h * 0.5)
    .lineTo(x + h * 0.9, y - h * 0.5)
    .moveTo(x - h * 0.95, y)
    .lineTo(x + h * 0.6, y)
    .moveTo(x - h * 0.5, y + h * 0.5)
    .lineTo(x + h * 0.75, y + h * 0.5)
    .stroke(pen)
}

export function drawPlus(shape: Graphics, x: number, y: number, size: number, color: number): void {
  const h = size / 2
  shape
    .moveTo(x - h, y)
    .lineTo(x + h, y)
    .moveTo(x, y - h)
    .lineTo(x, y + h)
    .stroke({ color, width: Math.max(size * 0.18, 1.4), cap: 'round' })
}

/** Two sheets, one lifted off the other: a copy. */
export function drawCopy(shape: Graphics, x: number, y: number, size: number, color: number): void {
  const s = size * 0.62
  const h = size / 2
  const pen = { color, width: Math.max(size * 0.13, 1.1) }
  shape.rect(x - h, y + h - s, s, s).stroke(pen)
  shape.rect(x + h - s, y - h, s, s).fill({ color, alpha: 0.85 })
}

export function drawArrowLink(shape: Graphics, x: number, y: number, size: number, color: number) {
  const h = size / 2
  shape
    .moveTo(x - h, y + h * 0.7)
    .quadraticCurveTo(x - h * 0.6, y - h * 0.5, x + h * 0.7, y - h * 0.4)
    .moveTo(x + h * 0.1, y - h)
    .lineTo(x + h * 0.8, y - h * 0.4)
    .lineTo(x + h * 0.1, y + h * 0.2)
    .stroke({ color, width: Math.max(size * 0.14, 1.2), cap: 'round', join: 'round' })
}

/** Running, paused, stopped or gone: shape says it as well as colour. */
export function drawState(
  shape: Graphics,
  state: 'created' | 'running' | 'paused' | 'exited' | 'removed',
  x: number,
  y: number,
  size: number,
  color: number,
): void {
  const h = size / 2
  if (state === 'running') {
    shape
      .moveTo(x - h * 0.7, y - h)
      .lineTo(x + h, y)
      .lineTo(x - h * 0.7, y + h)
      .closePath()
      .fill({ color })
  } else if (state === 'paused') {
    shape.rect(x - h * 0.8, y - h, h * 0.6, size).rect(x + h * 0.2, y - h, h * 0.6, size)
    shape.fill({ color })
  } else if (state === 'exited') {
    shape.rect(x - h * 0.85, y - h * 0.85, size * 0.85, size * 0.85).fill({ color })
  } else if (state === 'created') {
    shape.circle(x, y, h * 0.8).stroke({ color, width: 1.6 })
  } else {
    shape
      .moveTo(x - h * 0.7, y - h * 0.7)
      .lineTo(x + h * 0.7, y + h * 0.7)
      .moveTo(x + h * 0.7, y - h * 0.7)
      .lineTo(x - h * 0.7, y + h * 0.7)
      .stroke({ color, width: 1.8, cap: 'round' })
  }
}
