import type { StageView, StepFilm } from '@contract/api.ts'
import { Container, type Renderer, Ticker } from 'pixi.js'
import { type Camera, fitCamera, heldCamera, withInView, zoomedAt } from './camera.ts'
import { bytesBeingCopied } from './choreography/bytesBeingCopied.ts'
import { paceOf } from './choreography/pace.ts'
import type { Offset } from './choreography/script.ts'
import { scriptFor } from './choreography/scriptFor.ts'
import type { RendererKind } from './detectRenderer.ts'
import { EffectsLayer } from './effects/EffectsLayer.ts'
import { HintsLayer } from './effects/HintsLayer.ts'
import { layoutStage } from './layout/layoutStage.ts'
import { clamp, type Insets, noInsets, type Size } from './layout/metrics.ts'
import type { StageLayout } from './layout/nodes.ts'
import { roundCapacity } from './layout/placeTide.ts'
import { type MeasureText, makeMeasureText } from './measureText.ts'
import { Animator } from './motion/Animator.ts'
import { easeIn, easeOut, passed } from './motion/ease.ts'
import { FilmPlayer, type FilmStrip } from './motion/FilmPlayer.ts'
import { type Carried, PointerInput } from './PointerInput.ts'
import { palettes, type ThemeName } from './palette.ts'
import type { FilmHandle, PlayOptions, Stage, StageOptions, StageSnapshot } from './StageOptions.ts'
import type { StageTexts } from './StageTexts.ts'
import { atRest, type Brush, type Pose } from './views/NodeView.ts'
import { SceneGraph } from './views/SceneGraph.ts'
import { Water } from './views/Water.ts'
import { watchContext } from './watchContext.ts'

const CROSS_FADE = 160

const toPose = (offset: Offset): Pose => ({ ...atRest, ...offset })

/** The stage on a renderer that is ready. Draws on demand: no frame without a change. */
export class StageScene implements Stage {
  readonly #renderer: Renderer
  readonly #kind: RendererKind
  readonly #options: StageOptions
  readonly #root = new Container({ eventMode: 'none' })
  readonly #world = new Container({ eventMode: 'none' })
  readonly #water = new Water()
  readonly #graph: SceneGraph
  readonly #effects = new EffectsLayer()
  readonly #hints = new HintsLayer()
  readonly #ticker = new Ticker()
  readonly #animator: Animator
  readonly #pointer: PointerInput
  readonly #unwatch: () => void
  #measure: MeasureText
  #texts: StageTexts
  #textScale: number
  #theme: ThemeName
  #reducedMotion: boolean
  #speed = 1
  #size: Size
  #camera: Camera = { x: 0, y: 0, zoom: 1 }
  #stage: StageView | null = null
  #layout: StageLayout | null = null
  #keep: ReadonlySet<string> = new Set()
  #insets: Insets = noInsets
  #capacity = 0
  /** The first attempt that a layout makes: a film keeps its scale. */
  #from = 0
  #film: FilmPlayer | null = null
  /** The film that runs. */
  #filmed: StepFilm | null = null
  #focused: string | null = null
  #dirty = 0
  #destroyed = false

  constructor(renderer: Renderer, kind: RendererKind, options: StageOptions) {
    this.#renderer = renderer
    this.#kind = kind
    this.#options = options
    this.#texts = options.texts
    this.#textScale = options.textScale ?? 1
    this.#theme = options.theme
    this.#reducedMotion = options.reducedMotion
    this.#measure = makeMeasureText(this.#textScale)
    this.#size = { width: renderer.screen.width, height: renderer.screen.height }
    this.#graph = new SceneGraph(this.#brush())
    this.#world.addChild(this.#graph.root, this.#effects.root, this.#hints.root)
    this.#root.addChild(this.#water.root, this.#world)
    this.#water.draw(this.#size, this.#palette)
    this.#ticker.autoStart = false
    this.#ticker.add(() => this.#tick(this.#ticker.elapsedMS))
    this.#animator = new Animator(() => this.#ticker.start())
    const canvas = renderer.canvas as HTMLCanvasElement
    this.#unwatch = watchContext(canvas, {
      onReturn: () => this.#renew(),
      onGone: () => options.onGone?.(),
    })
    this.#pointer = new PointerInput(canvas, {
      layout: () => this.#layout,
      camera: () => this.#camera,
      moveCamera: (camera) => this.#moveCamera(camera),
      onTile: options.onTile,
      onTileHover: options.onTileHover,
      onContainer: (container) => options.onContainer?.(container),
      onPlace: (volume, column) => {
        const container = this.#layout?.container
        if (container) options.onDropVolume(volume, container, column.path)
      },
      showCarried: (carried) => this.#showCarried(carried),
    })
    this.#invalidate()
  }

  show(stage: StageView): void {
    this.#film?.finish()
    this.#keep = new Set()
    // The same container keeps its scale: a stage that jumped in size after a film would tell of a
    // change that there was not.
    if (stage.containers[0]?.id !== this.#layout?.container) this.#from = 0
    this.#measureDisk([stage])
    this.#place(stage)
  }

  play(film: StepFilm, options: PlayOptions): FilmHandle {
    this.#film?.finish()
    this.#speed = clamp(options.speed, 0.1, 16)
    this.#keep = touchedColumns(film)
    this.#measureDisk(film.stages)
    this.#filmed = film
    this.#sizeFilm(film)
    const player = new FilmPlayer(
      this.#reducedMotion ? this.#fade(film, options) : this.#strip(film, options),
    )
    this.#film = player
    player.advance(0)
    const run = () =>
      this.#animator.add((milliseconds) => player.advance(milliseconds * this.#speed))
    let halt = player.over ? () => {} : run()
    this.#invalidate()
    return {
      finished: player.finished,
      finish: () => player.finish(),
      pause: () => {
        player.pause()
        halt()
      },
      resume: () => {
        player.resume()
        halt()
        if (!player.over) halt = run()
      },
      seek: (part) => {
        player.seek(part)
        this.#draw()
      },
    }
  }

  setSpeed(speed: number): void {
    this.#speed = clamp(speed, 0.1, 16)
  }

  setTheme(theme: ThemeName): void {
    if (theme === this.#theme) return
    this.#theme = theme
    this.#water.draw(this.#size, this.#palette)
    this.#renew()
  }

  setReducedMotion(reduced: boolean): void {
    this.#reducedMotion = reduced
    if (reduced) this.#film?.finish()
  }

  setTextScale(scale: number): void {
    if (scale === this.#textScale) return
    this.#textScale = clamp(scale, 0.5, 3)
    this.#measure = makeMeasureText(this.#textScale)
    this.#renew()
  }

  setInsets(insets: Insets): void {
    const { corner, foot } = this.#insets
    const same = corner.width === insets.corner.width && corner.height === insets.corner.height
    if (same && foot === insets.foot) return
    this.#insets = insets
    this.#placeAnew()
    this.fit()
    this.#invalidate()
  }

  setTexts(texts: StageTexts): void {
    this.#texts = texts
    this.#renew()
  }

  focusTile(tileId: string | null): void {
    this.#focused = tileId
    if (tileId !== null) this.#unfold(tileId)
    const node = this.#layout?.nodes.find((entry) => tileId !== null && entry.tile === tileId)
    if (node) this.#moveCamera(withInView(this.#camera, this.#size, node.box))
    this.#drawFocus()
  }

  /** A tile that is folded away gets a column of its own. */
  #unfold(tileId: string): void {
    if (this.#film || this.#layout?.nodes.some((entry) => entry.tile === tileId)) return
    const layers = this.#stage?.containers[0]?.layers ?? []
    const tile = layers.flatMap((layer) => layer.tiles).find((entry) => entry.id === tileId)
    if (!tile || !this.#stage) return
    this.#keep = new Set([tile.column])
    this.#place(this.#stage)
  }

  resize(): void {
    if (this.#destroyed) return
    const { host } = this.#options
    const size = { width: Math.max(host.clientWidth, 1), height: Math.max(host.clientHeight, 1) }
    const resolution = pixelRatio()
    const same = size.width === this.#size.width && size.height === this.#size.height
    if (same && resolution === this.#renderer.resolution) return
    this.#size = size
    this.#renderer.resize(size.width, size.height, resolution)
    this.#water.draw(size, this.#palette)
    this.#placeAnew()
    this.fit()
    // Another size empties the canvas: it is drawn before it can be seen like that.
    this.#draw()
  }

  fit(): void {
    if (this.#from > 0 && !this.#film && this.#stage) {
      this.#from = 0
      this.#place(this.#stage)
    }
    if (this.#layout) this.#moveCamera(fitCamera(this.#layout.scale))
  }

  zoomBy(factor: number): void {
    const middle = { x: this.#size.width / 2, y: this.#size.height / 2 }
    this.#moveCamera(zoomedAt(this.#camera, middle, factor))
  }

  snapshot(): StageSnapshot {
    const { zoom, x, y } = this.#camera
    const nodes = (this.#layout?.nodes ?? []).map((node) => ({
      id: node.id,
      kind: node.look.kind,
      box: {
        x: (node.box.x - x) * zoom,
        y: (node.box.y - y) * zoom,
        width: node.box.width * zoom,
        height: node.box.height * zoom,
      },
      labels: node.labels.map((label) => label.text),
    }))
    return { renderer: this.#kind, animating: this.#animator.busy, nodes }
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#film?.finish()
    this.#destroyed = true
    this.#unwatch()
    cancelAnimationFrame(this.#dirty)
    this.#animator.clear()
    this.#ticker.destroy()
    this.#pointer.destroy()
    this.#effects.destroy()
    this.#hints.destroy()
    this.#graph.destroy()
    this.#water.destroy()
    this.#root.destroy({ children: true })
    this.#renderer.destroy({ removeView: true })
  }

  get #palette() {
    return palettes[this.#theme]
  }

  #brush(): Brush {
    const wanted = pixelRatio() * this.#camera.zoom
    // At home, pixel for pixel; else in steps, so that a pinch does not draw every text anew.
    const isHome = this.#camera.zoom === this.#layout?.scale
    const textResolution = isHome ? clamp(wanted, 0.5, 4) : clamp(Math.ceil(wanted * 4) / 4, 1, 4)
    return { palette: this.#palette, textScale: this.#textScale, textResolution }
  }

  #layoutOf(stage: StageView): StageLayout {
    const context = {
      measure: this.#measure,
      texts: this.#texts,
      textScale: this.#textScale,
      keep: this.#keep,
      insets: this.#insets,
      capacity: this.#capacity,
    }
    return layoutStage(stage, this.#size, context, this.#from)
  }

  /** All stages of a film are as large as the one that needs most room of its first and last. */
  #sizeFilm({ stages }: StepFilm): void {
    const ends = [stages[0], stages[stages.length - 1]]
    this.#from = 0
    for (const stage of ends) if (stage) this.#from = this.#layoutOf(stage).attempt
  }

  /** The tank's measure grows with the disk, and comes down only when it says little any more. */
  #measureDisk(stages: readonly StageView[]): void {
    const needed = roundCapacity(Math.max(0, ...stages.map(({ disk }) => disk.used)))
    if (needed > this.#capacity || needed * 10 <= this.#capacity) this.#capacity = needed
  }

  #place(stage: StageView, layout = this.#layoutOf(stage)): void {
    const first = this.#layout === null
    const rescaled = this.#layout?.scale !== layout.scale
    this.#stage = stage
    this.#layout = layout
    if (first || rescaled) this.#camera = fitCamera(layout.scale)
    this.#applyCamera()
    this.#graph.place(layout)
    this.#pointer.drop()
    this.#drawFocus()
    this.#invalidate()
  }

  /** Draws everything anew, in other colours, words or sizes. */
  #renew(): void {
    this.#graph.clear()
    this.#graph.setBrush(this.#brush(), null)
    this.#placeAnew()
    this.#invalidate()
  }

  /** The same stage in another size or look; a film that runs goes on from the same moment. */
  #placeAnew(): void {
    if (this.#filmed) this.#sizeFilm(this.#filmed)
    else this.#from = 0
    if (this.#film) this.#film.restage()
    else if (this.#stage) this.#place(this.#stage)
  }

  #strip(film: StepFilm, options: PlayOptions): FilmStrip {
    const layouts = new Map<number, StageLayout>()
    const layoutAt = (index: number) => {
      const known = layouts.get(index)
      if (known) return known
      const stage = film.stages[index] ?? film.stages[0]
      const layout = this.#layoutOf(stage as StageView)
      layouts.set(index, layout)
      return layout
    }
    const pace = paceOf(film)
    const standingAt = (frame: number) => film.frames[frame - 1]?.stage ?? 0
    const frameAt = (index: number) => film.frames[index] as StepFilm['frames'][number]
    const scriptAt = (index: number) =>
      scriptFor({
        event: frameAt(index).event,
        previous: film.frames[index - 1]?.event ?? null,
        copying: bytesBeingCopied(film.frames, index),
        before: layoutAt(standingAt(index)),
        after: layoutAt(frameAt(index).stage),
        texts: this.#texts,
      })
    if (film.stages[0]) this.#place(film.stages[0], layoutAt(0))
    return {
      frames: film.frames.length,
      lengthOf: (index) => scriptAt(index).length / pace.rate(index),
      begin: (index) => {
        const frame = frameAt(index)
        options.onStep?.(frame.step)
        const standing = standingAt(index)
        const after = layoutAt(frame.stage)
        const script = scriptAt(index)
        const changes = frame.stage !== standing
        this.#effects.begin(script.decor, { brush: this.#brush(), texts: this.#texts })
        let transition: ReturnType<SceneGraph['transition']> | null = null
        const leaves = script.settle.length > 1000
        const rate = pace.rate(index)
        return {
          length: script.length / rate,
          update: (at) => {
            const time = at * rate
            this.#effects.update(time)
            if (changes && time >= script.settle.start) {
              transition ??= this.#graph.transition(
                after,
                (node) => toPose(script.enter(node)),
                (node) => toPose(script.exit(node)),
              )
              const t = passed(time, script.settle.start, script.settle.length)
              transition.update(leaves ? easeIn(t) : easeOut(t))
            }
          },
          end: () => {
            this.#effects.clear()
            const stage = film.stages[frame.stage]
            if (changes && stage) this.#place(stage, after)
          },
        }
      },
      restage: (index) => {
        layouts.clear()
        this.#effects.clear()
        const stage = film.stages[standingAt(index)]
        if (stage) this.#place(stage, layoutAt(standingAt(index)))
      },
      end: () => this.#endFilm(film),
    }
  }

  /** Reduced motion: the last state at once, new things fading in and old ones out. */
  #fade(film: StepFilm, options: PlayOptions): FilmStrip {
    const last = film.stages[film.stages.length - 1]
    return {
      frames: last && film.frames.length > 0 ? 1 : 0,
      lengthOf: () => CROSS_FADE * this.#speed,
      begin: () => {
        const frame = film.frames[film.frames.length - 1]
        if (frame) options.onStep?.(frame.step)
        if (film.stages[0]) this.#place(film.stages[0])
        const after = this.#layoutOf(last as StageView)
        const gone = () => toPose({ alpha: 0 })
        const transition = this.#graph.transition(after, gone, gone, true)
        return {
          length: CROSS_FADE * this.#speed,
          update: (time) => transition.update(passed(time, 0, CROSS_FADE * this.#speed)),
          end: () => {},
        }
      },
      // Beginning the only frame puts the stage before it in place.
      restage: () => {},
      end: () => this.#endFilm(film),
    }
  }

  #endFilm(film: StepFilm): void {
    this.#film = null
    this.#filmed = null
    this.#effects.clear()
    const last = film.frames[film.frames.length - 1]
    const stage = film.stages[last?.stage ?? film.stages.length - 1]
    if (stage && !this.#destroyed) this.#place(stage)
  }

  #showCarried(carried: Carried | null): void {
    if (this.#destroyed || !this.#layout) return
    this.#hints.showCarried(carried, this.#layout, this.#brush(), this.#texts)
    this.#invalidate()
  }

  #drawFocus(): void {
    const node = this.#layout?.nodes.find(
      (entry) => this.#focused !== null && entry.tile === this.#focused,
    )
    this.#hints.showFocus(node?.box ?? null, this.#brush())
    this.#invalidate()
  }

  #moveCamera(camera: Camera): void {
    if (!this.#layout) return
    this.#camera = heldCamera(camera, this.#size, this.#layout, this.#layout.scale)
    this.#applyCamera()
    this.#invalidate()
  }

  #applyCamera(): void {
    const { x, y, zoom } = this.#camera
    this.#world.scale.set(zoom)
    this.#world.position.set(Math.round(-x * zoom), Math.round(-y * zoom))
    this.#graph.setBrush(this.#brush(), this.#layout)
  }

  #tick(milliseconds: number): void {
    // A page that slept does not jump: at most a tenth of a second passes in one frame.
    this.#animator.tick(Math.min(milliseconds, 100))
    this.#draw()
    if (!this.#animator.busy) this.#ticker.stop()
  }

  /** Draws once before the next repaint, unless an animation draws anyway. */
  #invalidate(): void {
    if (this.#dirty !== 0 || this.#destroyed) return
    this.#dirty = requestAnimationFrame(() => {
      this.#dirty = 0
      if (!this.#animator.busy) this.#draw()
    })
  }

  #draw(): void {
    if (!this.#destroyed) this.#renderer.render({ container: this.#root })
  }
}

export const pixelRatio = (): number => clamp(window.devicePixelRatio || 1, 1, 2)

/** Columns that the events of a film touch, so that none of them is folded away. */
function touchedColumns(film: StepFilm): ReadonlySet<string> {
  const touched = new Set<string>()
  for (const { event } of film.frames) {
    const paths = [
      'path' in event ? event.path : null,
      'to' in event && typeof event.to === 'string' ? event.to : null,
    ]
    for (const stage of film.stages) {
      const columns = stage.containers[0]?.columns ?? []
      for (const path of paths) {
        const own = path && columns.find((column) => column.path === path)
        if (own) touched.add(own.id)
      }
    }
  }
  return touched
}
