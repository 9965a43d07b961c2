import { bad, good, type Reply } from './reply.ts'

/** An image's name and tag as people write them: `busybox:latest`, `driftwood/web:1.0`. */
export interface Reference {
  readonly repository: string
  readonly tag: string
}

export const familiar = (reference: Reference): string => `${reference.repository}:${reference.tag}`

const repositoryPattern =
  /^(?:(?:localhost|[a-zA-Z0-9][a-zA-Z0-9-]*(?:\.[a-zA-Z0-9-]+)+|[a-zA-Z0-9-]+(?=:\d))(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const tagPattern = /^[\w][\w.-]{0,127}$/

/** The path that a repository has in its registry: without the registry's name, with `library/`. */
const pathOf = (repository: string): string => {
  const slash = repository.indexOf('/')
  if (slash < 0) return `library/${repository}`
  const first = repository.slice(0, slash)
  return /[.:]/.test(first) || first === 'localhost' ? repository.slice(slash + 1) : repository
}

/** Splits and checks `name[:tag]`; the default tag is `latest`. */
export const parseReference = (text: string): Reply<Reference> => {
  const bare = text.replace(/^docker\.io\/(?:library\/)?/, '').replace(/@sha256:[0-9a-f]{64}$/, '')
  const colon = bare.lastIndexOf(':')
  const hasTag = colon > bare.lastIndexOf('/')
  const repository = hasTag ? bare.slice(0, colon) : bare
  const tag = hasTag ? bare.slice(colon + 1) : 'latest'
  if (/^[0-9a-f]{64}$/.test(bare)) {
    return bad(`invalid repository name (${bare}), cannot specify 64-byte hexadecimal strings`)
  }
  if (repository === '' || (hasTag && !tagPattern.test(tag))) return bad('invalid reference format')
  if (!repositoryPattern.test(repository)) {
    if (/[A-Z]/.test(repository) && repositoryPattern.test(repository.toLowerCase())) {
      const shown = pathOf(repository)
      return bad(`invalid reference format: repository name (${shown}) must be lowercase`)
    }
    return bad('invalid reference format')
  }
  return good({ repository, tag })
}
