import { canonicalProject, canonicalYaml } from '../../docker/compose/canonical.ts'
import { serviceHash } from '../../docker/compose/labels.ts'
import { imageOf } from '../../docker/compose/project.ts'
import { flagOn, flagText } from '../flags.ts'
import { composeError, loadProject } from './composeContext.ts'
import type { ComposeCommand } from './composeTable.ts'

export const configCommand: ComposeCommand = {
  path: 'compose config',
  aliases: ['compose convert'],
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Check the compose file and print what it means, names and paths written out',
  flags: [
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'services', type: 'bool' },
    { name: 'volumes', type: 'bool' },
    { name: 'images', type: 'bool' },
    { name: 'profiles', type: 'bool' },
    { name: 'hash', type: 'string' },
    { name: 'format', type: 'string' },
    { name: 'no-interpolate', type: 'bool', missing: 'files with their variables left in' },
    { name: 'no-normalize', type: 'bool', missing: 'files as they are written' },
    { name: 'no-path-resolution', type: 'bool', missing: 'files with relative paths' },
    { name: 'output', short: 'o', type: 'string', missing: 'writing the result to a file' },
    { name: 'environment', type: 'bool', missing: 'the environment of a project' },
    { name: 'variables', type: 'bool', missing: 'the variables of a file' },
    { name: 'resolve-image-digests', type: 'bool', missing: 'registries' },
  ],
  min: 0,
  max: Number.POSITIVE_INFINITY,
  run: (client, parsed) => {
    const read = loadProject(client, parsed.words)
    if (!read.ok) return composeError(client, read.error)
    const wanted = new Set(parsed.words)
    const services = read.value.services.filter(({ name }) => wanted.size === 0 || wanted.has(name))
    const project = { ...read.value, services }
    const lines = (texts: readonly string[]): number => {
      client.out(texts.map((text) => `${text}\n`).join(''))
      return 0
    }
    if (flagOn(parsed, 'quiet')) return 0
    if (flagOn(parsed, 'services')) return lines(services.map(({ name }) => name).sort())
    if (flagOn(parsed, 'volumes')) return lines(project.volumes.map(({ key }) => key).sort())
    if (flagOn(parsed, 'images')) {
      return lines(services.map((service) => imageOf(project, service)))
    }
    if (flagOn(parsed, 'profiles')) {
      const all = [...project.services, ...project.disabled]
      return lines([...new Set(all.flatMap(({ profiles }) => profiles))].sort())
    }
    const hash = flagText(parsed, 'hash')
    if (hash !== undefined) {
      const names = hash.split(',')
      return lines(
        services
          .filter(({ name }) => hash === '*' || names.includes(name))
          .map((service) => `${service.name} ${serviceHash(service)}`),
      )
    }
    const format = flagText(parsed, 'format') ?? 'yaml'
    if (format === 'json') {
      client.out(`${JSON.stringify(canonicalProject(project), null, 2)}\n`)
      return 0
    }
    if (format !== 'yaml')
      return composeError(client, `unsupported format ${JSON.stringify(format)}`)
    client.out(canonicalYaml(project))
    return 0
  },
}
