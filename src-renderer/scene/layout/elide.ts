const ELLIPSIS = '…'

type Width = (text: string) => number

/** Longest form of `pieces(n)` that is not wider than `room`; null when even n = 1 is. */
function longest(limit: number, room: number, width: Width, pieces: (n: number) => string) {
  let low = 0
  let high = limit
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (width(pieces(middle)) <= room) low = middle
    else high = middle - 1
  }
  return low > 0 ? pieces(low) : null
}

/** Cuts at the end: `COPY archive.d…`. Null when not even one letter fits. */
export function elideEnd(text: string, room: number, width: Width): string | null {
  if (width(text) <= room) return text
  const letters = [...text]
  return longest(letters.length - 1, room, width, (n) => letters.slice(0, n).join('') + ELLIPSIS)
}

/** Cuts in the middle: `audit…log`. Null when fewer than two letters fit. */
export function elideMiddle(text: string, room: number, width: Width): string | null {
  if (width(text) <= room) return text
  const letters = [...text]
  const cut = (n: number) => {
    const tail = Math.ceil(n / 2)
    // `driftwood.conf` becomes `drift…conf`: a dot beside the ellipsis reads as a fourth one.
    const head = letters
      .slice(0, n - tail + 1)
      .join('')
      .replace(/(?<=.)\.+$/, '')
    return (
      head +
      ELLIPSIS +
      letters
        .slice(letters.length - tail)
        .join('')
        .replace(/^\.+/, '')
    )
  }
  return longest(letters.length - 2, room, width, cut)
}

/** Cuts folders out of a path and keeps the file name: `/var/…/bookmarks.db`. */
export function elidePath(path: string, room: number, width: Width): string | null {
  if (width(path) <= room) return path
  const slash = path.lastIndexOf('/')
  const name = path.slice(slash + 1)
  const folder = path.slice(0, Math.max(slash, 0))
  const kept = longest(folder.length - 1, room, width, (n) => {
    const head = folder.slice(0, n)
    return `${head}${ELLIPSIS}/${name}`
  })
  if (kept) return kept
  const bare = `${ELLIPSIS}/${name}`
  return folder && width(bare) <= room ? bare : elideMiddle(name, room, width)
}
