/**
 * Attempts at levels. `action` is append-only: everything the player did, in order, with where the
 * attempt stood afterwards, so that a summary never has to replay. `play_event` holds what came of
 * it (wrong moves, predictions against outcomes, goals, hints, resets, solutions). `result` is
 * folded from the `solved` events.
 */
export const sql = `
  CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    player INTEGER NOT NULL REFERENCES player (id) ON DELETE CASCADE,
    level_id TEXT NOT NULL,
    level_mark INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    locale TEXT NOT NULL,
    station TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    mark INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX attempt_of_player ON attempt (player, level_id);

  CREATE TABLE action (
    attempt INTEGER NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    shown_step INTEGER NOT NULL,
    total_steps INTEGER NOT NULL,
    copied_up INTEGER NOT NULL,
    played_ms INTEGER NOT NULL,
    mark INTEGER NOT NULL,
    PRIMARY KEY (attempt, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE play_event (
    attempt INTEGER NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value)),
    mark INTEGER NOT NULL,
    PRIMARY KEY (attempt, seq, kind, ref)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE result (
    player INTEGER NOT NULL REFERENCES player (id) ON DELETE CASCADE,
    level_id TEXT NOT NULL,
    stars INTEGER NOT NULL CHECK (stars BETWEEN 0 AND 3),
    fewest_moves INTEGER NOT NULL,
    fewest_copied_up INTEGER NOT NULL,
    most_copied_up INTEGER NOT NULL,
    most_bookmarks INTEGER NOT NULL,
    first_solved_at INTEGER NOT NULL,
    PRIMARY KEY (player, level_id)
  ) STRICT, WITHOUT ROWID;
`
