import type { Engine } from '../engine.ts'
import { runInContainer } from '../runInContainer.ts'
import type { Container } from '../state.ts'
import type { ComposeService } from './project.ts'

const commandOf = (test: readonly string[]): readonly string[] => {
  const [kind, ...words] = test
  if (kind === 'CMD') return words
  return kind === 'CMD-SHELL' ? ['/bin/sh', '-c', words.join(' ')] : test
}

/**
 * Runs a container's health check until it says healthy, or as often as it may fail. Health is looked
 * at only where something waits for it.
 */
export const checkHealth = (
  engine: Engine,
  container: Container,
  service: ComposeService,
): 'healthy' | 'unhealthy' => {
  const check = service.healthCheck
  const { namespace } = container
  if (check === null || check.test === null || namespace === null) return 'unhealthy'
  let health: 'healthy' | 'unhealthy' = 'unhealthy'
  for (let turn = 0; turn < Math.max(1, check.retries) && health === 'unhealthy'; turn += 1) {
    engine.kernel.spend(check.intervalSeconds * 1000)
    const outcome = engine.quietly(() =>
      runInContainer(engine, container, namespace, {
        argv: commandOf(check.test ?? []),
        env: container.config.env,
        user: container.config.user,
        cwd: container.config.workingDir,
        isMain: false,
        traceLookups: false,
      }),
    )
    const isGood =
      outcome.ok &&
      outcome.value.started &&
      outcome.value.ending.kind === 'exited' &&
      outcome.value.ending.code === 0
    if (isGood) health = 'healthy'
  }
  const now = engine.findContainer(container.id)
  if (now !== null) engine.setContainer({ ...now, health })
  return health
}
