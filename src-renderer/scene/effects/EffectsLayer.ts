import { Container } from 'pixi.js'
import type { Decor } from '../choreography/script.ts'
import { passed } from '../motion/ease.ts'
import { arrowEffect } from './arrow.ts'
import { beamEffect } from './beam.ts'
import { doubleEffect } from './double.ts'
import type { Effect, EffectContext } from './effect.ts'
import { flashEffect, missEffect, stampEffect } from './flash.ts'
import { flowEffect, throwEffect } from './mooring.ts'
import { tideEffect } from './tide.ts'

function makeEffect(decor: Decor, context: EffectContext): Effect {
  switch (decor.kind) {
    case 'beam':
      return beamEffect(decor, context)
    case 'miss':
      return missEffect(decor, context)
    case 'flash':
      return flashEffect(decor, context)
    case 'double':
      return doubleEffect(decor, context)
    case 'arrow':
      return arrowEffect(decor, context)
    case 'stamp':
      return stampEffect(decor, context)
    case 'throw':
      return throwEffect(decor, context)
    case 'tide':
      return tideEffect(decor, context)
    case 'flow':
      return flowEffect(decor, context)
  }
}

/** What is drawn over the stage during one frame of a film. */
export class EffectsLayer {
  readonly root = new Container({ eventMode: 'none' })
  #running: { decor: Decor; effect: Effect }[] = []

  begin(decor: readonly Decor[], context: EffectContext): void {
    this.clear()
    this.#running = decor.map((entry) => ({ decor: entry, effect: makeEffect(entry, context) }))
    for (const { effect } of this.#running) this.root.addChild(effect.root)
    this.update(0)
  }

  /** `time` in milliseconds at 1× since the frame began. */
  update(time: number): void {
    for (const { decor, effect } of this.#running) {
      const on = time >= decor.start && time <= decor.start + decor.length
      effect.root.visible = on
      if (on) effect.update(passed(time, decor.start, decor.length))
    }
  }

  clear(): void {
    for (const { effect } of this.#running) {
      effect.root.destroy({ children: true, texture: true, textureSource: true })
    }
    this.#running = []
  }

  destroy(): void {
    this.clear()
    this.root.destroy({ children: true })
  }
}
