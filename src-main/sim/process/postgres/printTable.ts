import type { Value } from './sqlExpression.ts'

export interface TableStyle {
  readonly tuplesOnly: boolean
  readonly unaligned: boolean
  readonly separator: string
}

export const valueText = (value: Value): string => {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 't' : 'f'
  return String(value)
}

const centred = (text: string, width: number): string => {
  const left = Math.floor((width - text.length) / 2)
  return `${' '.repeat(left)}${text}`.padEnd(width)
}

const footer = (count: number): string => `(${count} ${count === 1 ? 'row' : 'rows'})\n`

/** A result as psql prints it. */
export const printTable = (
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
  style: TableStyle,
): string => {
  const cells = rows.map((row) => row.map(valueText))
  if (style.unaligned) {
    const lines = cells.map((row) => `${row.join(style.separator)}\n`).join('')
    return style.tuplesOnly
      ? lines
      : `${columns.join(style.separator)}\n${lines}${footer(rows.length)}`
  }
  const widths = columns.map((name, i) =>
    Math.max(style.tuplesOnly ? 0 : name.length, ...cells.map((row) => row[i]?.length ?? 0)),
  )
  const line = (row: readonly string[], k: number): string => {
    const texts = row.map((text, i) => {
      const width = widths[i] ?? 0
      const right = typeof rows[k]?.[i] === 'number'
      if (right) return ` ${text.padStart(width)}`
      return i === row.length - 1 ? ` ${text}` : ` ${text.padEnd(width)}`
    })
    return `${texts.join(' |')}\n`
  }
  const body = cells.map(line).join('')
  if (style.tuplesOnly) return `${body}\n`
  const head = columns.map((name, i) => ` ${centred(name, widths[i] ?? 0)} `).join('|')
  const rule = widths.map((width) => '-'.repeat(width + 2)).join('+')
  return `${head}\n${rule}\n${body}${footer(rows.length)}\n`
}
