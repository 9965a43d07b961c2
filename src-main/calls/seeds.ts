import { crc32 } from 'node:zlib'

/** A seed from 1 to 2^31 - 1 out of a random id. */
export const randomIdToSeed = (id: string): number => (crc32(id) % 0x7fffffff) + 1
