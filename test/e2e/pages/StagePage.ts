import { expect, type Page } from '@playwright/test'

interface Drawn {
  readonly id: string
  readonly kind: string
  readonly box: Readonly<Record<'x' | 'y' | 'width' | 'height', number>>
}
interface Spot {
  readonly x: number
  readonly y: number
}

/** Longer than a browser looks back to tell whether a finger was moving when it left. */
const REST_MS = 200

/** The drawn stage: where its things are, and real pointers on it. */
export class StagePage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  readonly host = () => this.page.getByTestId('stage-host')

  /** What is drawn, in pixels of the canvas. */
  drawn(): Promise<readonly Drawn[]> {
    return this.host().evaluate((host) =>
      (host as unknown as { whereThingsAre: () => readonly Drawn[] }).whereThingsAre(),
    )
  }

  /** Until two looks a little apart see the same: tools and strip have taken their places. */
  async untilStill(): Promise<void> {
    let before = ''
    await expect(async () => {
      const now = JSON.stringify([await this.drawn(), await this.host().boundingBox()])
      const same = now === before
      before = now
      expect(same).toBe(true)
    }).toPass({ intervals: [200] })
  }

  /** Middle in the window of the first thing whose kind and id fit. */
  async middleOf(kind: string, end = ''): Promise<Spot> {
    const node = (await this.drawn()).find((one) => one.kind === kind && one.id.endsWith(end))
    const frame = await this.host().boundingBox()
    if (!node || !frame) throw new Error(`nothing on the stage is ${kind} ${end}`)
    const { x, y, width, height } = node.box
    return { x: frame.x + x + width / 2, y: frame.y + y + height / 2 }
  }

  async drag(from: Spot, to: Spot): Promise<void> {
    await this.page.mouse.move(from.x, from.y)
    await this.page.mouse.down()
    await this.page.mouse.move(to.x, to.y, { steps: 8 })
    await this.page.mouse.up()
  }

  /**
   * Fingers that go down, along their paths together, rest there, and up. Lifted in full motion
   * they would throw what they hold, and the browser takes the next tap for what stops it.
   */
  async touch(fingers: readonly { readonly from: Spot; readonly to: Spot }[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page)
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Spot[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints })
    const at = (share: number) =>
      fingers.map(({ from, to }, id) => ({
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
        id,
      }))
    await send('touchStart', at(0))
    for (const share of [0.2, 0.4, 0.6, 0.8, 1]) await send('touchMove', at(share))
    await this.page.waitForTimeout(REST_MS)
    await send('touchMove', at(1))
    await send('touchEnd', [])
    await session.detach()
  }
}
