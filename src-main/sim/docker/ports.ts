import type { Container } from './state.ts'

/** A port of a container that the host passes on. */
export interface PublishedPort {
  readonly target: string
  readonly published: string
  readonly protocol: string
  readonly hostIp: string
}

/** Reads `[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]`; a text says what is wrong with it. */
export const parsePort = (text: string): PublishedPort | string => {
  const match = /^(?:(?:([\d.]+|\[[^\]]+\]):)?([^:]*):)?([^:/]+)(?:\/(\w+))?$/.exec(text)
  const [, hostIp = '', published = '', target = '', protocol = 'tcp'] = match ?? []
  if (match === null) return `invalid containerPort: ${text}`
  if (/^\d+-\d+$/.test(target) || /^\d+-\d+$/.test(published)) {
    return `not simulated in Driftwood: ranges of ports (${text})`
  }
  if (!/^\d+$/.test(target)) return `invalid containerPort: ${target}`
  if (!/^\d*$/.test(published)) return `invalid hostPort: ${published}`
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) return `invalid proto: ${protocol}`
  return { target, published, protocol, hostIp }
}

const firstFreePort = 32_768

/** The ports as the host passes them on: what was left to the engine has a number. */
export const withHostPorts = (ports: readonly PublishedPort[]): readonly PublishedPort[] =>
  ports.map((port, i) =>
    port.published === '' ? { ...port, published: String(firstFreePort + i) } : port,
  )

/** The PORTS column: what is published, and what is only exposed; nothing once stopped. */
export const portsText = (container: Container): string => {
  if (container.namespace === null) return ''
  const published = withHostPorts(container.hostConfig.ports).map(
    ({ target, published: port, protocol, hostIp }) => {
      const addresses = hostIp === '' ? ['0.0.0.0', '[::]'] : [hostIp]
      return addresses.map((address) => `${address}:${port}->${target}/${protocol}`).join(', ')
    },
  )
  const taken = new Set(
    container.hostConfig.ports.map(({ target, protocol }) => `${target}/${protocol}`),
  )
  const exposed = container.config.exposedPorts
    .map((port) => (port.includes('/') ? port : `${port}/tcp`))
    .filter((port) => !taken.has(port))
  return [...exposed, ...published].join(', ')
}

/** Why a container cannot have its host ports: a running one has them. Null when they are free. */
export const portConflict = (container: Container, others: readonly Container[]): string | null => {
  for (const { published } of container.hostConfig.ports) {
    if (published === '') continue
    const holder = others.find(
      (other) =>
        other.id !== container.id &&
        other.namespace !== null &&
        other.hostConfig.ports.some((port) => port.published === published),
    )
    if (holder === undefined) continue
    return `failed to set up container networking: driver failed programming external connectivity on endpoint ${container.name} (${container.cacheId}): Bind for 0.0.0.0:${published} failed: port is already allocated`
  }
  return null
}
