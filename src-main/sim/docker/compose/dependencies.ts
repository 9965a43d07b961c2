import type { ComposeProject, ComposeService } from './project.ts'

const needed = (project: ComposeProject, service: ComposeService): readonly ComposeService[] => {
  const shared = service.volumesFrom
    .map((text) => text.split(':')[0] ?? '')
    .filter((name) => name !== 'container')
  return project.services.filter(
    ({ name }) => Object.hasOwn(service.dependsOn, name) || shared.includes(name),
  )
}

/** A circle of dependencies in the words of Compose; null when there is none. */
export const dependencyProblem = (project: ComposeProject): string | null => {
  const done = new Set<string>()
  const walk = (service: ComposeService, way: readonly string[]): string | null => {
    const start = way.indexOf(service.name)
    if (start >= 0) {
      return `dependency cycle detected: ${[...way.slice(start), service.name].join(' -> ')}`
    }
    if (done.has(service.name)) return null
    for (const other of needed(project, service)) {
      const problem = walk(other, [...way, service.name])
      if (problem !== null) return problem
    }
    done.add(service.name)
    return null
  }
  for (const service of project.services) {
    const problem = walk(service, [])
    if (problem !== null) return problem
  }
  return null
}

/** Services in the order in which they start: each after what it depends on. */
export const inDependencyOrder = (project: ComposeProject): readonly ComposeService[] => {
  const ordered: ComposeService[] = []
  const add = (service: ComposeService): void => {
    if (ordered.includes(service)) return
    for (const other of needed(project, service)) add(other)
    ordered.push(service)
  }
  for (const service of [...project.services].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    add(service)
  }
  return ordered
}

/** The named services and all that they depend on; every service when none is named. */
export const selectServices = (
  project: ComposeProject,
  names: readonly string[],
  withDependencies: boolean,
): readonly ComposeService[] => {
  if (names.length === 0) return inDependencyOrder(project)
  const wanted = new Set<string>()
  const add = (service: ComposeService): void => {
    if (wanted.has(service.name)) return
    wanted.add(service.name)
    if (withDependencies) for (const other of needed(project, service)) add(other)
  }
  for (const service of project.services) if (names.includes(service.name)) add(service)
  return inDependencyOrder(project).filter(({ name }) => wanted.has(name))
}

/** Services that want to be restarted when one they depend on is made anew. */
export const restartedWith = (project: ComposeProject, name: string): readonly ComposeService[] =>
  project.services.filter((service) => service.dependsOn[name]?.restart === true)
