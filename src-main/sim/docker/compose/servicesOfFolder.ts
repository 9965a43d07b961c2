import { toText } from '../../tree/content.ts'
import type { World } from '../../world.ts'
import { Engine } from '../engine.ts'
import { readHostFile } from '../hostFiles.ts'
import { readProject } from './readProject.ts'

/** Names under which a compose file is looked for, the first one wins. */
export const composeFileNames: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
]

/** Services of the compose file where the prompt stands; none when it cannot be read. */
export const servicesOfFolder = (world: World): readonly string[] => {
  const { cwd, env } = world.host
  const sys = new Engine(world).hostCalls
  for (const name of composeFileNames) {
    const file = `${cwd === '/' ? '' : cwd}/${name}`
    const content = readHostFile(sys, file)
    if (content === null) continue
    const read = readProject({
      text: toText(content),
      file,
      directory: cwd,
      name: 'any',
      profiles: new Set(['*']),
      variables: new Map(Object.entries(env)),
      envFile: () => ({}),
      wanted: [],
    })
    return read.ok ? read.project.services.map((service) => service.name).sort() : []
  }
  return []
}
