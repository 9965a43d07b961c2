import { projectContainers, serviceOf } from '../../docker/compose/labels.ts'
import type { ComposeProject } from '../../docker/compose/project.ts'
import type { Container } from '../../docker/state.ts'
import { toText } from '../../tree/content.ts'
import { flagOn, flagText } from '../flags.ts'
import type { Client } from '../output.ts'
import { composeError, findProject } from './composeContext.ts'
import type { ComposeCommand } from './composeTable.ts'

/** Prints what containers have written, each line with the container's short name before it. */
export const prefixedLogs = (
  client: Client,
  project: ComposeProject,
  containers: readonly Container[],
  options: {
    readonly prefix: boolean
    readonly tail: number | null
    /** Simulated time from which on lines are shown. */
    readonly sinceMs?: number
  },
): void => {
  const short = ({ name }: Container): string =>
    name.startsWith(`${project.name}-`) ? name.slice(project.name.length + 1) : name
  const width = Math.max(0, ...containers.map((container) => short(container).length)) + 1
  for (const container of containers) {
    const recent = container.logs.filter(({ atMs }) => atMs >= (options.sinceMs ?? 0))
    const lines = recent.flatMap(({ stream, content }) =>
      (toText(content).match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => ({ stream, line })),
    )
    const shown =
      options.tail === null ? lines : options.tail === 0 ? [] : lines.slice(-options.tail)
    const prefix = options.prefix ? `${short(container).padEnd(width)} | ` : ''
    for (const { stream, line } of shown) {
      const text = `${prefix}${line.replace(/\n$/, '')}\n`
      if (stream === 'stdout') client.out(text)
      else client.err(text)
    }
  }
}

export const logsCommand: ComposeCommand = {
  path: 'compose logs',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Print what the services have written',
  flags: [
    { name: 'follow', short: 'f', type: 'bool' },
    { name: 'tail', short: 'n', type: 'string' },
    { name: 'no-log-prefix', type: 'bool' },
    { name: 'no-color', type: 'bool' },
    { name: 'index', type: 'int' },
    { name: 'timestamps', short: 't', type: 'bool', missing: 'time stamps of log lines' },
    { name: 'since', type: 'string', missing: 'times of log lines' },
    { name: 'until', type: 'string', missing: 'times of log lines' },
  ],
  min: 0,
  max: Number.POSITIVE_INFINITY,
  run: (client, parsed) => {
    const project = findProject(client, parsed.words)
    if (!project.ok) return composeError(client, project.error)
    const containers = projectContainers(client.engine, project.value.name).filter(
      (container) => parsed.words.length === 0 || parsed.words.includes(serviceOf(container)),
    )
    const tail = flagText(parsed, 'tail') ?? 'all'
    prefixedLogs(client, project.value, containers, {
      prefix: !flagOn(parsed, 'no-log-prefix'),
      tail: /^\d+$/.test(tail) ? Number(tail) : null,
    })
    return 0
  },
}
