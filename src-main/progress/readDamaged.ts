import { isDamage } from './checkFile.ts'
import type { Db } from './connect.ts'

/** How far row ids are tried behind a place that cannot be read. */
const PROBED_IDS = 5000

/** Reads out of a file that may be damaged, and counts the places it could not read. */
export class DamagedReader {
  readonly db: Db
  unreadable = 0

  constructor(db: Db) {
    this.db = db
  }

  /** All rows up to the first place that cannot be read. */
  rows<Row>(sql: string, ...values: readonly unknown[]): readonly Row[] {
    const found: Row[] = []
    try {
      for (const row of this.db.prepare(sql).iterate(...values)) found.push(row as Row)
    } catch (cause) {
      this.#count(cause)
    }
    return found
  }

  /** All rows of a table with an integer `id`; behind a broken place each id is tried by itself. */
  table<Row extends { readonly id: number }>(table: string): readonly Row[] {
    const before = this.unreadable
    const found = [...this.rows<Row>(`SELECT * FROM ${table} NOT INDEXED ORDER BY id`)]
    if (this.unreadable === before) return found
    const last = found.at(-1)?.id ?? 0
    for (let id = last + 1; id <= last + PROBED_IDS; id += 1) {
      const row = this.#tryRow<Row>(`SELECT * FROM ${table} NOT INDEXED WHERE id = ?`, id)
      if (row) found.push(row)
    }
    return found
  }

  #tryRow<Row>(sql: string, id: number): Row | undefined {
    try {
      return this.db.prepare(sql).get(id) as Row | undefined
    } catch (cause) {
      if (!isDamage(cause)) throw cause
      return undefined
    }
  }

  #count(cause: unknown): void {
    if (!isDamage(cause)) throw cause
    this.unreadable += 1
  }
}
