import { apply } from '../../sim/apply.ts'
import { addBusyboxBuildCache, addReadyImage, buildImage } from '../../sim/images.ts'
import { placeHostFiles } from '../../sim/placeHostFiles.ts'
import { createWorld, type World } from '../../sim/world.ts'
import { Normaliser } from './normalise.ts'
import type { Transcript, TypedLine } from './transcript.ts'

/** A transcript that cannot be set up: the place in the file, and what is wrong there. */
export class TranscriptProblem extends Error {}

const firstLine = (cause: unknown): string => {
  const text = cause instanceof Error ? cause.message : String(cause)
  return text.trim().split('\n')[0] ?? ''
}

const startWorld = (transcript: Transcript, directory: string): World => {
  let world = addReadyImage(createWorld({ cwd: directory }), 'busybox:latest')
  // Where a case builds images, its build cache began empty; else it holds that of busybox.
  if (transcript.images.length === 0) world = addBusyboxBuildCache(world)
  for (const [i, image] of transcript.images.entries()) {
    try {
      world = buildImage(world, image.tag, image.dockerfile, image.context)
    } catch (cause) {
      throw new TranscriptProblem(`images.${i}: ${firstLine(cause)}`, { cause })
    }
  }
  try {
    return placeHostFiles(world, directory, transcript.files)
  } catch (cause) {
    throw new TranscriptProblem(`files: ${firstLine(cause)}`, { cause })
  }
}

/** Types the lines of a transcript on a fresh simulated host; the answers come normalised. */
export const runTranscript = (transcript: Transcript): TypedLine[] => {
  let world = startWorld(transcript, `/srv/lab/${transcript.name}`)
  const normaliser = new Normaliser()
  return transcript.steps.map(({ cmd }) => {
    const outcome = apply(world, cmd)
    world = outcome.world
    const { stdout, stderr, exit } = outcome
    return normaliser.line({ cmd, stdout, stderr, exit })
  })
}
