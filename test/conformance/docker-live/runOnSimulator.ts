import type { TypedLine } from '../../../src-main/cli/transcript/transcript.ts'
import { apply } from '../../../src-main/sim/apply.ts'
import { addReadyImage, buildImage } from '../../../src-main/sim/images.ts'
import { placeHostFiles } from '../../../src-main/sim/placeHostFiles.ts'
import { createWorld } from '../../../src-main/sim/world.ts'
import type { LiveScript } from './liveScript.ts'

/** The answers of the simulator, as they are. */
export const runOnSimulator = (script: LiveScript): TypedLine[] => {
  let world = script.readyImages.reduce(addReadyImage, createWorld({ cwd: script.cwd }))
  for (const { tag, dockerfile, context } of script.builds) {
    world = buildImage(world, tag, dockerfile, context)
  }
  world = placeHostFiles(world, script.cwd, script.files)
  return script.lines.map(({ text }) => {
    const { world: next, stdout, stderr, exit } = apply(world, text)
    world = next
    return { cmd: text, stdout, stderr, exit }
  })
}
