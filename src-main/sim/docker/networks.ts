import type { Engine } from './engine.ts'
import { hexId } from './ids.ts'
import type { Network } from './state.ts'

/** Networks that every engine has. */
export const builtInNetworks: readonly Network[] = ['bridge', 'host', 'none'].map((name) => ({
  id: hexId(`network ${name}`),
  name,
  createdMs: 0,
  labels: {},
}))

export const allNetworks = (engine: Engine): readonly Network[] => [
  ...builtInNetworks,
  ...engine.state.networks,
]

export const createNetwork = (
  engine: Engine,
  name: string,
  labels: Readonly<Record<string, string>>,
): Network => {
  const network = { id: engine.newId(), name, createdMs: engine.nowMs, labels }
  engine.update({ networks: [...engine.state.networks, network] })
  return network
}

/** Is a running container on the network? Stopped ones do not hold it. */
export const isNetworkInUse = (engine: Engine, name: string): boolean =>
  engine.state.containers.some(
    ({ hostConfig, namespace }) => namespace !== null && hostConfig.networkMode === name,
  )

export const removeNetwork = (engine: Engine, name: string): void => {
  engine.update({ networks: engine.state.networks.filter((network) => network.name !== name) })
}
