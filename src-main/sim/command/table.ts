/** Rows as Go's tabwriter lays them out for docker: cells at least 10 wide, 3 blanks apart. */
export const tabulate = (
  rows: readonly (readonly string[])[],
  options: { readonly minWidth?: number; readonly padding?: number } = {},
): string => {
  const minWidth = options.minWidth ?? 10
  const padding = options.padding ?? 3
  const widths: number[] = []
  for (const row of rows) {
    for (let i = 0; i < row.length - 1; i += 1) {
      const width = [...(row[i] ?? '')].length + padding
      widths[i] = Math.max(widths[i] ?? minWidth, width)
    }
  }
  return rows
    .map((row) => {
      const cells = row.map((cell, i) => {
        const fill = (widths[i] ?? 0) - [...cell].length
        return i === row.length - 1 ? cell : cell + ' '.repeat(Math.max(0, fill))
      })
      return `${cells.join('')}\n`
    })
    .join('')
}

/** Shortens a text to `width` characters, the last one an ellipsis. */
export const ellipsis = (text: string, width: number): string => {
  const characters = [...text]
  if (characters.length <= width) return text
  return `${characters.slice(0, Math.max(0, width - 1)).join('')}…`
}
