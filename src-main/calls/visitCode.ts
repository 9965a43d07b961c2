import { createHash } from 'node:crypto'

/** Without signs that are taken for one another when they are read aloud or written by hand. */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 6

/** A code of six signs for one visitor, always the same: `K7M-4QX`. It opens nothing. */
export function visitCode(playerUuid: string): string {
  const hash = createHash('sha256').update(`visit ${playerUuid}`).digest()
  const signs = Array.from({ length: LENGTH }, (_, at) => SIGNS[(hash[at] ?? 0) % SIGNS.length])
  return `${signs.slice(0, 3).join('')}-${signs.slice(3).join('')}`
}
