import { type MountRequest, mountRequest } from '../mountSpec.ts'
import { bad, good, type Reply } from '../reply.ts'
import type { Container, Image } from '../state.ts'
import { parseTmpfsFlag } from '../tmpfsFlag.ts'
import type { ComposeMount, ComposeProject, ComposeService } from './project.ts'

const bindText = (source: string, mount: ComposeMount): string =>
  `${source}:${mount.target}:${mount.readOnly ? 'ro' : 'rw'}`

/** As Compose asks for it: by Binds where that can say it, else by Mounts. */
const requestOf = (project: ComposeProject, mount: ComposeMount): MountRequest => {
  const { type, target, readOnly } = mount
  const common = { target, readOnly, mode: '' }
  if (type === 'tmpfs') {
    const { tmpfsBytes, tmpfsMode } = mount
    return mountRequest({ ...common, type, source: '', from: 'mounts', tmpfsBytes, tmpfsMode })
  }
  if (type === 'bind') {
    const bind = { ...common, type, source: mount.source } as const
    return mount.createHostPath
      ? mountRequest({
          ...bind,
          from: 'binds',
          text: bindText(mount.source, mount),
          mode: readOnly ? 'ro' : 'rw',
        })
      : mountRequest({ ...bind, from: 'mounts', createSource: false })
  }
  const name = project.volumes.find(({ key }) => key === mount.source)?.name ?? mount.source
  const volume = { ...common, type, source: name, copy: !mount.noCopy } as const
  return name === '' || mount.noCopy
    ? mountRequest({ ...volume, from: 'mounts' })
    : mountRequest({
        ...volume,
        from: 'binds',
        text: bindText(name, mount),
        mode: readOnly ? 'ro' : 'rw',
      })
}

/**
 * Mounts that a container takes over from the one it replaces: what the file leaves to the engine
 * (VOLUME lines of the new image, `- /path` entries) finds its old volume again.
 */
const inheritedMounts = (
  service: ComposeService,
  image: Image,
  replaced: Container,
): readonly MountRequest[] =>
  replaced.mounts
    .filter(({ type }) => type !== 'tmpfs')
    .filter(({ target }) => {
      const own = service.mounts.find((mount) => mount.target === target)
      return own === undefined
        ? image.config.volumes.includes(target)
        : own.type === 'volume' && own.source === ''
    })
    .map(({ type, name, source, target, readOnly }) =>
      mountRequest({
        type,
        source: type === 'volume' ? name : source,
        target,
        readOnly,
        from: 'mounts',
        createSource: false,
      }),
    )

/** All mounts of a container for a service; `replaced`: whose anonymous volumes it takes over. */
export const serviceMounts = (
  project: ComposeProject,
  service: ComposeService,
  image: Image,
  replaced: Container | null,
): Reply<readonly MountRequest[]> => {
  const inherited = replaced === null ? [] : inheritedMounts(service, image, replaced)
  const taken = new Set(inherited.map(({ target }) => target))
  const own = service.mounts
    .filter(({ target }) => !taken.has(target))
    .map((mount) => requestOf(project, mount))
  const tmpfs: MountRequest[] = []
  for (const text of service.tmpfs) {
    const mount = parseTmpfsFlag(text)
    if (!mount.ok) return bad(mount.error)
    tmpfs.push(mount.value)
  }
  return good([...inherited, ...own, ...tmpfs])
}
