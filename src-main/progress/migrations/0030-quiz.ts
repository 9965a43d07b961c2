/** Knowledge checks: one row per attempt, one append-only row per answer. */
export const sql = `
  CREATE TABLE quiz_attempt (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    player INTEGER NOT NULL REFERENCES player (id) ON DELETE CASCADE,
    seed INTEGER NOT NULL,
    locale TEXT NOT NULL,
    station TEXT NOT NULL,
    questions INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    mark INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX quiz_attempt_of_player ON quiz_attempt (player);

  CREATE TABLE quiz_answer (
    quiz_attempt INTEGER NOT NULL REFERENCES quiz_attempt (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    option_id TEXT NOT NULL,
    sure INTEGER NOT NULL CHECK (sure IN (0, 1)),
    is_right INTEGER NOT NULL CHECK (is_right IN (0, 1)),
    at INTEGER NOT NULL,
    mark INTEGER NOT NULL,
    PRIMARY KEY (quiz_attempt, question_id)
  ) STRICT, WITHOUT ROWID;
`
