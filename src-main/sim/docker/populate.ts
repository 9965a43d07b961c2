import { copySubtree } from '../vfs/copySubtree.ts'
import type { Engine } from './engine.ts'
import { cleanPath } from './mountSpec.ts'
import { bad, good, type Reply } from './reply.ts'
import { rules } from './rules.ts'
import type { Container, ContainerMount, Volume } from './state.ts'

/**
 * Fills an empty volume with what the container's own file system has at the mount's path, with the
 * owner and mode of the directory (moby: copyExistingContents). Done when the container is created,
 * each time the volume is found empty.
 */
export const populateVolume = (
  engine: Engine,
  container: Container,
  mount: ContainerMount,
  volume: Volume,
): Reply<void> => {
  const from = engine.callsOn(container.fs)
  const to = engine.callsOn(volume.fs)
  const source = from.realpath(cleanPath(`/${mount.target}`))
  if (!source.ok) return good(undefined)
  const stat = from.stat(source.value)
  const already = to.readdir('/')
  if (!stat.ok || !already.ok || already.value.length > 0) return good(undefined)
  if (stat.value.kind !== 'dir') {
    const at = `/var/lib/docker/overlay2/${container.cacheId}/merged${source.value}`
    return bad(`source ${at} is not directory`)
  }
  const copied = engine.quietly(() => copySubtree(from, source.value, to, '/'))
  if (!copied.ok || copied.value.files === 0) return good(undefined)
  engine.emit({
    type: 'volume-populated',
    rule: rules.populated,
    volume: volume.name,
    container: container.id,
    path: mount.target,
    files: copied.value.files,
    bytes: copied.value.bytes,
  })
  return good(undefined)
}
