import type { Reason, Verdict } from '../../levels/rules/evaluate.ts'
import { type LevelRun, worldOf } from '../../levels/rules/run.ts'
import type { Owner } from '../../sim/look/facts.ts'
import { ownerOf } from '../../sim/look/files.ts'
import type { World } from '../../sim/world.ts'
import { words } from '../words.ts'
import { shortName } from './eventTexts.ts'
import { formatBytes, formatFigure } from './formatFigure.ts'
import { layerName } from './layerName.ts'

/** Who answers for a path, in a few words. */
export function ownerText(locale: string, world: World, owner: Owner): string {
  switch (owner.kind) {
    case 'layer':
      return words(locale, 'owner.layer', { layer: layerName(locale, world, owner.layer) })
    case 'volume':
      return words(locale, owner.anonymous ? 'owner.anonymous' : 'owner.volume', {
        name: shortName(owner.name),
      })
    case 'bind':
      return words(locale, 'owner.bind', { path: owner.hostPath })
    default:
      return words(locale, `owner.${owner.kind}`, {})
  }
}

type Values = Record<string, string | number>

const ownerBecause = (locale: string, world: World, owner: Owner, values: Values): string => {
  if (owner.kind === 'layer') {
    const layer = layerName(locale, world, owner.layer)
    return words(locale, 'because.owner.layer', { ...values, layer })
  }
  if (owner.kind === 'volume') {
    const key = owner.anonymous ? 'because.owner.anonymous' : 'because.owner.volume'
    return words(locale, key, { ...values, name: shortName(owner.name) })
  }
  const name = owner.kind === 'bind' ? owner.hostPath : ''
  return words(locale, `because.owner.${owner.kind}`, { ...values, name })
}

const mountsBecause = (
  locale: string,
  reason: Extract<Reason, { kind: 'mounts' }>,
  values: Values,
): string => {
  if (reason.mounts.length === 0) return words(locale, 'because.mounts.none', values)
  const mounts = reason.mounts
    .map((mount) => `${shortName(mount.source) || 'tmpfs'} → \`${mount.path}\``)
    .join(', ')
  return words(locale, 'because.mounts', { ...values, mounts })
}

/** What decides a goal, as a sentence that names the file and the layer. */
export function becauseText(locale: string, run: LevelRun, verdict: Verdict): string {
  const { reason } = verdict
  const world = worldOf(run)
  const container = verdict.container ?? ''
  const path = verdict.path ?? ''
  const values: Values = { container, path }
  const answering = () => ownerText(locale, world, ownerOf(world, container, path))
  switch (reason.kind) {
    case 'figure': {
      const value = formatFigure(locale, reason.value, reason.unit)
      return words(locale, `because.figure.${reason.measure}`, {
        ...values,
        container: reason.name,
        value,
      })
    }
    case 'owner':
      return ownerBecause(locale, world, reason.owner, values)
    case 'present':
      return words(locale, 'because.present', { ...values, owner: answering() })
    case 'text-found':
    case 'text-missing':
      return words(locale, `because.${reason.kind}`, {
        ...values,
        text: reason.text,
        owner: answering(),
      })
    case 'mode':
      return words(locale, 'because.mode', { ...values, mode: reason.mode, owner: answering() })
    case 'in-upper':
      return words(locale, `because.in-upper.${reason.entry}`, values)
    case 'in-image': {
      const layer = layerName(locale, world, verdict.layer ?? '')
      return words(locale, 'because.in-image', {
        ...values,
        layer,
        bytes: formatBytes(locale, reason.bytes),
      })
    }
    case 'container-state': {
      const which = reason.original ? 'original' : 'new'
      const state = words(locale, `state.${reason.state}`, {})
      return words(locale, `because.container-state.${which}`, { ...values, state })
    }
    case 'mounts':
      return mountsBecause(locale, reason, values)
    case 'provenance':
      return words(locale, 'because.provenance', { ...values, provenance: reason.provenance })
    case 'happened': {
      if (reason.times === 0) return words(locale, 'because.happened.never', values)
      const where = path === '' ? '' : '.at'
      const often = reason.times === 1 ? 'once' : 'often'
      return words(locale, `because.happened.${often}${where}`, { ...values, times: reason.times })
    }
    case 'session':
      return words(locale, `because.${verdict.met ? '' : 'not-'}${reason.what}`, values)
    default:
      return words(locale, `because.${reason.kind}`, values)
  }
}
