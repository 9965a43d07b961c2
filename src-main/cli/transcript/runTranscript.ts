import { apply } from '../../sim/apply.ts'
import { addBusyboxBuildCache, addReadyImage, buildImage } from '../../sim/images.ts'
import { placeHostFiles } from '../../sim/placeHostFiles.ts'
import { createWorld } from '../../sim/world.ts'
import { Normaliser } from './normalise.ts'
import type { Transcript, TypedLine } from './transcript.ts'

/** Types the lines of a transcript on a fresh simulated host; the answers come normalised. */
export const runTranscript = (transcript: Transcript): TypedLine[] => {
  const directory = `/srv/lab/${transcript.name}`
  let world = addReadyImage(createWorld({ cwd: directory }), 'busybox:latest')
  // Where a case builds images, its build cache began empty; else it holds that of busybox.
  if (transcript.images.length === 0) world = addBusyboxBuildCache(world)
  for (const image of transcript.images) {
    world = buildImage(world, image.tag, image.dockerfile, image.context)
  }
  world = placeHostFiles(world, directory, transcript.files)
  const normaliser = new Normaliser()
  return transcript.steps.map(({ cmd }) => {
    const outcome = apply(world, cmd)
    world = outcome.world
    const { stdout, stderr, exit } = outcome
    return normaliser.line({ cmd, stdout, stderr, exit })
  })
}
