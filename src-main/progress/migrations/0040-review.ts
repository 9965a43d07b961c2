/** Spaced review: the scheduler's card as it stands (its own JSON) and every review ever made. */
export const sql = `
  CREATE TABLE review_card (
    player INTEGER NOT NULL REFERENCES player (id) ON DELETE CASCADE,
    card_id TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    reviewed_at INTEGER,
    state TEXT NOT NULL CHECK (json_valid(state)),
    PRIMARY KEY (player, card_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX review_card_due ON review_card (player, due_at);

  CREATE TABLE review_log (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    player INTEGER NOT NULL REFERENCES player (id) ON DELETE CASCADE,
    card_id TEXT NOT NULL,
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 4),
    option_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    mark INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX review_log_of_player ON review_log (player, card_id);
`
