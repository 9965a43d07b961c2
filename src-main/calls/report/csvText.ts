export type CsvCell = string | number | null

/** Rows as a spreadsheet reads them (RFC 4180). */
export const csvText = (rows: readonly (readonly CsvCell[])[]): string =>
  rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('')

function csvField(value: CsvCell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  // A spreadsheet would take such a text for a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
