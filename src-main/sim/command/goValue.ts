/**
 * Values as Go's templates and encoding/json see them. A plain object is a struct (its fields keep
 * their order), a JS Map is a Go map (printed and encoded by sorted key).
 */
export type GoValue =
  | null
  | boolean
  | number
  | string
  | readonly GoValue[]
  | ReadonlyMap<string, GoValue>
  | GoStruct

export interface GoStruct {
  readonly [field: string]: GoValue
  /** Fields that encoding/json leaves out when they are empty. */
  readonly [omitEmpty]?: never
}

const omitEmpty: unique symbol = Symbol('omitEmpty')

/** A struct of which some fields have the `omitempty` tag. */
export const struct = (
  fields: { readonly [field: string]: GoValue },
  optional: readonly string[] = [],
): GoStruct => {
  const made = { ...fields }
  Object.defineProperty(made, omitEmpty, { value: new Set(optional), enumerable: false })
  return made as GoStruct
}

/** Go's typed nils: null in JSON, but they print and behave as what they are nil of. */
export const nilMap: ReadonlyMap<string, GoValue> = new Map()
export const nilList: readonly GoValue[] = []
export const nilPointer: GoStruct = struct({})

const isTypedNil = (value: GoValue): boolean =>
  value === nilMap || value === nilList || value === nilPointer

export const isMap = (value: GoValue): value is ReadonlyMap<string, GoValue> => value instanceof Map
export const isList = (value: GoValue): value is readonly GoValue[] => Array.isArray(value)
export const isStruct = (value: GoValue): value is GoStruct =>
  typeof value === 'object' && value !== null && !isMap(value) && !isList(value)

const byteOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
export const sortedEntries = (
  map: ReadonlyMap<string, GoValue>,
): readonly (readonly [string, GoValue])[] => [...map].sort((a, b) => byteOrder(a[0], b[0]))

export const isEmpty = (value: GoValue): boolean => {
  if (value === null || value === false || value === 0 || value === '') return true
  if (value === nilPointer) return true
  if (isList(value)) return value.length === 0
  return isMap(value) && value.size === 0
}

/** Fields that encoding/json writes, in order. */
const jsonFields = (value: GoStruct): readonly (readonly [string, GoValue])[] => {
  const hidden = (value as { [omitEmpty]?: ReadonlySet<string> })[omitEmpty]
  const fields = Object.entries(value)
  return hidden === undefined
    ? fields
    : fields.filter(([name, field]) => !(hidden.has(name) && isEmpty(field)))
}

const listed: unique symbol = Symbol('listed')

/** A row of a list: it encodes itself, sorted and with HTML escaping, wherever it is asked for. */
export const listedRow = (fields: { readonly [field: string]: GoValue }): GoStruct => {
  const row = Object.fromEntries(Object.entries(fields).sort(([a], [b]) => byteOrder(a, b)))
  Object.defineProperty(row, listed, { value: true, enumerable: false })
  return row
}

const isListed = (value: GoValue): boolean =>
  typeof value === 'object' && value !== null && listed in value

const htmlEscaped = (json: string): string =>
  json.replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** encoding/json; `indent` as json.Indent takes it. */
export const goJson = (value: GoValue, indent = '', prefix = ''): string =>
  isListed(value) ? htmlEscaped(encoded(value, indent, prefix)) : encoded(value, indent, prefix)

const encoded = (value: GoValue, indent: string, prefix: string): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isTypedNil(value)) return 'null'
  const [open, close] = isList(value) ? '[]' : '{}'
  const inner = prefix + indent
  const colon = indent === '' ? ':' : ': '
  const parts = isList(value)
    ? value.map((item) => goJson(item, indent, inner))
    : (isMap(value) ? sortedEntries(value) : jsonFields(value as GoStruct)).map(
        ([key, item]) => `${JSON.stringify(key)}${colon}${goJson(item, indent, inner)}`,
      )
  if (parts.length === 0) return `${open}${close}`
  if (indent === '') return `${open}${parts.join(',')}${close}`
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${prefix}${close}`
}

/** fmt.Print of a value: `[a b]`, `map[k:v]`, `{a b}`. */
export const goPrint = (value: GoValue, nested = false): string => {
  if (value === null) return nested ? '<nil>' : '<no value>'
  if (value === nilPointer) return '<nil>'
  if (typeof value !== 'object') return String(value)
  if (isList(value)) return `[${value.map((item) => goPrint(item, true)).join(' ')}]`
  if (isMap(value)) {
    const parts = sortedEntries(value).map(([key, item]) => `${key}:${goPrint(item, true)}`)
    return `map[${parts.join(' ')}]`
  }
  return `{${Object.values(value as GoStruct)
    .map((item) => goPrint(item, true))
    .join(' ')}}`
}
