/** Players, their settings, and what belongs to this machine (station id, current player, PINs). */
export const sql = `
  CREATE TABLE player (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    picture TEXT NOT NULL,
    guest INTEGER NOT NULL CHECK (guest IN (0, 1)),
    pin_hash TEXT,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE settings (
    player INTEGER PRIMARY KEY REFERENCES player (id) ON DELETE CASCADE,
    value TEXT NOT NULL CHECK (json_valid(value)),
    changed_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE machine (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`
