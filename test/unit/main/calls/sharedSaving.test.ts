import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSharedSaving } from '../../../../src-main/calls/sharedSaving.ts'
import { callChannels } from '../../../../src-main/contract/channels.ts'
import { err, ok, type Result } from '../../../../src-main/contract/result.ts'
import { createLog } from '../../../../src-main/log.ts'

const quiet = createLog({ now: () => 0, write: () => {} })
const ACTION = callChannels.runLine
const OTHER = callChannels.getHome

describe('actions that wait together', () => {
  let db: Database.Database
  let commits: number
  let go: () => void
  let inTurn: ReturnType<typeof createSharedSaving>['inTurn']
  const forgotten: string[] = []

  beforeEach(() => {
    db = new Database(':memory:')
    db.pragma('foreign_keys = ON')
    db.exec('CREATE TABLE kept (name TEXT PRIMARY KEY, after TEXT REFERENCES kept)')
    commits = 0
    forgotten.length = 0
    const tidy = () => {
      commits += 1
    }
    ;({ inTurn } = createSharedSaving({ db, tidy }, quiet, (run) => {
      go = run
    }))
  })
  afterEach(() => {
    db.close()
  })

  const kept = () => db.prepare('SELECT name FROM kept ORDER BY rowid').pluck().all()
  const keep = (name: string, after: string | null = null) =>
    db.transaction(() => db.prepare('INSERT INTO kept VALUES (?, ?)').run(name, after))()
  const ask = (name: string, run: () => Result<unknown>, channel: string = ACTION) =>
    inTurn({ channel, run, forget: () => forgotten.push(name) })
  const saving = (name: string) => () => {
    keep(name)
    return ok(name)
  }

  it('are in one commit, and answered after it', async () => {
    let isAnswered = false
    const first = ask('ada', saving('ada')).finally(() => {
      isAnswered = true
    })
    const second = ask('eve', saving('eve'))
    await Promise.resolve()
    expect([isAnswered, kept()]).toEqual([false, []])
    go()
    expect(await Promise.all([first, second])).toEqual([ok('ada'), ok('eve')])
    expect([commits, kept(), db.inTransaction]).toEqual([1, ['ada', 'eve'], false])
  })

  it('keep their place before and behind a call of another kind, which has no part in them', async () => {
    const seen: unknown[] = []
    const replies = [
      ask('ada', saving('ada')),
      ask(
        'bob',
        () => {
          seen.push(db.inTransaction, ...kept())
          return ok('bob')
        },
        OTHER,
      ),
      ask('eve', saving('eve')),
    ]
    go()
    await Promise.all(replies)
    expect(seen).toEqual([false, 'ada'])
    expect([commits, kept()]).toEqual([2, ['ada', 'eve']])
  })

  it('do not suffer from one that is refused', async () => {
    const replies = [
      ask('ada', saving('ada')),
      ask('bob', () => err('not-allowed', 'no')),
      ask('eve', saving('eve')),
    ]
    go()
    expect(await Promise.all(replies)).toEqual([ok('ada'), err('not-allowed', 'no'), ok('eve')])
    expect([kept(), forgotten]).toEqual([['ada', 'eve'], []])
  })

  it('are none of them done when their commit fails, and those behind go on', async () => {
    db.pragma('defer_foreign_keys = ON')
    const replies = [
      ask('ada', saving('ada')),
      ask('bob', () => {
        db.pragma('defer_foreign_keys = ON')
        keep('bob', 'nobody')
        return ok('bob')
      }),
    ]
    go()
    for (const reply of await Promise.all(replies)) expect(reply.ok).toBe(false)
    expect([commits, kept(), forgotten, db.inTransaction]).toEqual([0, [], ['ada', 'bob'], false])
    const next = ask('eve', saving('eve'))
    go()
    expect([await next, kept()]).toEqual([ok('eve'), ['eve']])
  })

  it('are told the reason when SQLite takes everything back, and those behind go on', async () => {
    const full = err('storage-failed', 'The disk is full.')
    const replies = [
      ask('ada', saving('ada')),
      ask('bob', () => {
        // As a full disk does inside of a statement.
        db.exec('ROLLBACK')
        return full
      }),
      ask('eve', saving('eve')),
    ]
    go()
    expect(await Promise.all(replies)).toEqual([full, full, ok('eve')])
    expect([kept(), forgotten]).toEqual([['eve'], ['ada', 'bob']])
  })

  it('are refused where there is no file any more', async () => {
    db.close()
    const reply = ask('ada', saving('ada'))
    go()
    expect((await reply).ok).toBe(false)
  })
})
