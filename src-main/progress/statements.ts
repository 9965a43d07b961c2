import type { Statement, Transaction } from 'better-sqlite3'
import type { Db } from './connect.ts'

const prepared = new WeakMap<Db, Map<string, Statement>>()

/** A statement of this database, compiled once. */
export function statement(db: Db, sql: string): Statement {
  let ofDb = prepared.get(db)
  if (!ofDb) {
    ofDb = new Map()
    prepared.set(db, ofDb)
  }
  let found = ofDb.get(sql)
  if (!found) {
    found = db.prepare(sql)
    ofDb.set(sql, found)
  }
  return found
}

const transactions = new WeakMap<Db, Transaction<(write: () => unknown) => unknown>>()

/** All of it or nothing, on the disk when this returns unless it is part of a larger one. */
export function inTransaction<T>(db: Db, write: () => T): T {
  const known = transactions.get(db) ?? db.transaction((inner: () => unknown) => inner())
  transactions.set(db, known)
  return known.immediate(write) as T
}

/** Runs a statement that must change exactly one row. */
export function changeOne(db: Db, sql: string, ...values: readonly unknown[]): number {
  const { changes, lastInsertRowid } = statement(db, sql).run(...values)
  if (changes !== 1) throw new Error(`expected one changed row, not ${changes}: ${sql}`)
  return Number(lastInsertRowid)
}
