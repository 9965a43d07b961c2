import type { ToldStep } from '../../levels/rules/condense.ts'
import { containerIdOf } from '../../levels/rules/containerNames.ts'
import type { SimEvent } from '../../sim/event.ts'
import { findContainer } from '../../sim/look/containers.ts'
import type { World } from '../../sim/world.ts'
import { words } from '../words.ts'
import { formatBytes, formatDecimal } from './formatFigure.ts'
import { cut, dockerfileLine, layerName } from './layerName.ts'

/** What a step is called and the rule behind it. */
export interface EventText {
  readonly label: string
  readonly why: string
}

/** Part of an event's key beyond its type, where one type has several stories. */
const variantOf = (event: SimEvent): string => {
  switch (event.type) {
    case 'lookup-hit':
      return event.found === 'whiteout' ? '.whiteout' : ''
    case 'attributes-changed':
      return `.${event.what}`
    case 'directory-created':
      return event.opaque ? '.opaque' : ''
    case 'volume-created':
      return event.anonymous ? '.anonymous' : ''
    case 'mounted':
      if (event.hiddenBytes > 0) return `.${event.kind}.hiding`
      return `.${event.kind}`
    case 'process-reported':
      // Only a database opens a database; everything else reads its settings.
      return `.${event.what}${event.what === 'opened' && event.program !== 'postgres' ? '.config' : ''}`
    case 'file-written':
    case 'file-created':
    case 'file-removed':
      return event.fs.startsWith('overlay:') ? '' : '.outside'
    default:
      return ''
  }
}

/** Where a file system is, in words. */
const placeName = (locale: string, world: World, event: SimEvent): string => {
  const id = containerIdOf(event)
  if (id !== null) return findContainer(world, id)?.name ?? id.slice(0, 12)
  if (!('fs' in event)) return ''
  if (event.fs.startsWith('volume:')) {
    return words(locale, 'place.volume', { name: shortName(event.fs.slice('volume:'.length)) })
  }
  return words(locale, 'place.host', {})
}

/** Anonymous volumes have 64 hex digits for a name; twelve tell them apart. */
export const shortName = (name: string): string =>
  /^[0-9a-f]{64}$/.test(name) ? name.slice(0, 12) : name

const secondsText = (locale: string, milliseconds: number): string =>
  milliseconds < 5
    ? `< ${formatDecimal(locale, 0.01, 2)}`
    : formatDecimal(locale, milliseconds / 1000, 2)

const valuesOf = (
  locale: string,
  world: World,
  event: SimEvent,
): Record<string, string | number> => {
  const values: Record<string, string | number> = { place: placeName(locale, world, event) }
  for (const [key, value] of Object.entries(event)) {
    if (typeof value === 'string') values[key] = value
    if (typeof value === 'number') values[key] = value
  }
  for (const key of ['bytes', 'size', 'from', 'freed', 'hiddenBytes'] as const) {
    if (typeof values[key] === 'number') values[key] = formatBytes(locale, values[key])
  }
  if ('milliseconds' in event) values.seconds = secondsText(locale, event.milliseconds)
  if ('createdBy' in event) values.createdBy = cut(dockerfileLine(event.createdBy), 60)
  if ('image' in event) values.image = event.image.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]*$/, '$1')
  if ('layer' in event) values.layer = layerName(locale, world, event.layer)
  if ('fromLayer' in event) values.fromLayer = layerName(locale, world, event.fromLayer)
  if ('hides' in event) values.hides = layerName(locale, world, event.hides)
  if ('volume' in event) values.volume = shortName(event.volume)
  if ('source' in event) values.source = shortName(event.source)
  return values
}

/** Names a step and says why it happened, in the language asked for. */
export function eventText(locale: string, world: World, event: SimEvent): EventText {
  const key = `event.${event.type}${variantOf(event)}`
  const values = valuesOf(locale, world, event)
  return { label: words(locale, `${key}.label`, values), why: words(locale, `${key}.why`, values) }
}

const told = new WeakMap<ToldStep, Map<string, EventText>>()

/** The same for a step of the timeline, which may stand for many of its kind. Worded once. */
export function stepText(locale: string, step: ToldStep): EventText {
  const known = told.get(step)?.get(locale)
  if (known !== undefined) return known
  const text = eventText(locale, step.world, step.event)
  const { more } = step
  const worded =
    more === 0 ? text : { ...text, label: words(locale, 'event.more', { label: text.label, more }) }
  told.set(step, (told.get(step) ?? new Map<string, EventText>()).set(locale, worded))
  return worded
}
