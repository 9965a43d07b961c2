import { autoDetectRenderer, Container, Graphics, Text } from 'pixi.js'
import type { StageSnapshot } from '../../src-renderer/scene/StageOptions.ts'

export interface FrameTimes {
  readonly fps: number
  /** Longest time between two frames, in milliseconds. */
  readonly longest: number
}

/** Counts frames for a while; `draw` is called in each. */
export async function countFrames(
  milliseconds: number,
  draw: (now: number) => void,
): Promise<FrameTimes> {
  const times: number[] = []
  const start = performance.now()
  await new Promise<void>((resolve) => {
    const frame = (now: number) => {
      times.push(now)
      draw(now)
      if (now - start < milliseconds) requestAnimationFrame(frame)
      else resolve()
    }
    requestAnimationFrame(frame)
  })
  const gaps = times.slice(1).map((time, index) => time - (times[index] as number))
  const total = gaps.reduce((sum, gap) => sum + gap, 0)
  return { fps: (gaps.length / total) * 1000, longest: Math.max(...gaps) }
}

/** Bare Pixi that draws boxes and words as many as a snapshot has, again in every frame. */
export async function measureBarePixi(
  host: HTMLElement,
  snapshot: StageSnapshot,
  milliseconds: number,
): Promise<FrameTimes> {
  const renderer = await autoDetectRenderer({
    preference: [snapshot.renderer],
    width: host.clientWidth,
    height: host.clientHeight,
    resolution: Math.min(window.devicePixelRatio, 2),
    autoDensity: true,
  })
  host.append(renderer.canvas as HTMLCanvasElement)
  const root = new Container()
  for (const { box, labels } of snapshot.nodes) {
    const shape = new Graphics().roundRect(0, 0, box.width, box.height, 8).fill(0x27505f)
    shape.position.set(box.x, box.y)
    root.addChild(shape)
    for (const [index, label] of labels.entries()) {
      const text = new Text({ text: label, style: { fontSize: 12, fill: 0xffffff } })
      text.position.set(box.x + 4, box.y + 4 + index * 14)
      root.addChild(text)
    }
  }
  const moving = new Graphics().rect(0, 0, 30, 30).fill(0xff8f5a)
  root.addChild(moving)
  const times = await countFrames(milliseconds, (now) => {
    moving.x = (now / 5) % host.clientWidth
    renderer.render({ container: root })
  })
  root.destroy({ children: true })
  renderer.destroy({ removeView: true })
  return times
}
