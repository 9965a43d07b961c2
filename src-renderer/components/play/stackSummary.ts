import type { ContainerStageView, StageView } from '@contract/api.ts'
import { formatBytes } from '../../format/formatBytes.ts'
import { t } from '../../strings/index.ts'

/** The whole stage in a few sentences: what there is, and what each container wrote. */
export const stackSummary = (stage: StageView): string =>
  [
    t('stage.summary', {
      containers: t('stage.summaryContainers', { n: stage.containers.length }),
      volumes: t('stage.summaryVolumes', { n: stage.volumes.length }),
      bytes: formatBytes(stage.disk.used),
    }),
    ...stage.containers.map(containerSummary),
  ].join(' ')

function containerSummary({ name, state, layers }: ContainerStageView): string {
  const writable = layers.find((layer) => layer.kind === 'writable')
  return t('stage.summaryContainer', {
    name,
    state: t(`stage.drawn.state.${state}`),
    files: t('stage.drawn.files', { n: writable?.tiles.length ?? 0 }),
    bytes: formatBytes(writable?.bytes ?? 0),
    layers: t('stage.drawn.layers', { n: layers.length - (writable ? 1 : 0) }),
  })
}
