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

/** Cuts at the front: `…-2024.log`. Null when not even one letter fits. */
export function elideStart(text: string, room: number, width: Width): string | null {
  if (width(text) <= room) return text
  const letters = [...text]
  return longest(
    letters.length - 1,
    room,
    width,
    (n) => ELLIPSIS + letters.slice(letters.length - n).join(''),
  )
}

/**
 * Cuts a name so that it can be told from its peers, which are cut to the same room: in the middle
 * where that will do, else at its front or its end.
 */
export function elideApart(
  text: string,
  peers: readonly string[],
  room: number,
  width: Width,
): string | null {
  if (width(text) <= room) return text
  const others = peers.filter((peer) => peer !== text)
  for (const cut of [elideMiddle, elideStart, elideEnd]) {
    const mine = cut(text, room, width)
    if (mine !== null && others.every((peer) => cut(peer, room, width) !== mine)) return mine
  }
  return elideMiddle(text, room, width)
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

/**
 * Cuts a folder from its front, at a slash where one is left: `…/data/base/`. What is nearest to
 * the file tells most. Null when less than a name would be left.
 */
export function elideFolder(folder: string, room: number, width: Width): string | null {
  if (width(folder) <= room) return folder
  for (let slash = folder.indexOf('/', 1); slash > 0; slash = folder.indexOf('/', slash + 1)) {
    const rest = folder.slice(slash)
    if (rest.length > 1 && width(ELLIPSIS + rest) <= room) return ELLIPSIS + rest
  }
  return null
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
