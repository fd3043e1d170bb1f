CREATE TABLE IF NOT EXISTS settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS conversations (
  key TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  version INTEGER NOT NULL,
  value TEXT NOT NULL,
  address TEXT NOT NULL,
  saved_by TEXT NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS conversations_of_person ON conversations (person);

CREATE TABLE IF NOT EXISTS persons (
  key TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  value TEXT NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The position is the order of saving: a debt that is put off keeps it. AUTOINCREMENT, because a reused position would jump the queue.
CREATE TABLE IF NOT EXISTS debts (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  conversation TEXT NOT NULL,
  person TEXT NOT NULL,
  value TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  aside INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS debts_of_conversation ON debts (conversation, position);
CREATE INDEX IF NOT EXISTS debts_of_person ON debts (person);

-- Incomings that had their conversation deleted: a keyed hash and nothing else, for a day.
CREATE TABLE IF NOT EXISTS ended (
  key TEXT PRIMARY KEY,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- In memory: the folder is one process's alone, so whoever held a lease is gone with it, and holding one costs the disk nothing.
CREATE TEMP TABLE leases (
  conversation TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  holder TEXT NOT NULL,
  until INTEGER NOT NULL,
  taken TEXT NOT NULL,
  put_off INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS records (
  collection TEXT NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  value TEXT NOT NULL,
  owner TEXT,
  due INTEGER,
  expires INTEGER NOT NULL,
  PRIMARY KEY (collection, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS records_of_owner ON records (owner);
CREATE INDEX IF NOT EXISTS records_due ON records (collection, due);

CREATE TABLE IF NOT EXISTS record_names (
  collection TEXT NOT NULL,
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  place INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (collection, name, key),
  FOREIGN KEY (collection, key) REFERENCES records (collection, key) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS names_of_record ON record_names (collection, key);

-- Runs of messages to many; with a run its deliveries go.
CREATE TABLE IF NOT EXISTS runs (
  run TEXT PRIMARY KEY,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- States are P C S D F U N X, as Redis has them. `at` is when a pending row is due, and since when a claimed or sent one is held.
CREATE TABLE IF NOT EXISTS deliveries (
  run TEXT NOT NULL,
  row TEXT NOT NULL,
  state TEXT NOT NULL,
  why TEXT,
  holder TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL,
  recipient TEXT,
  reference TEXT,
  PRIMARY KEY (run, row),
  FOREIGN KEY (run) REFERENCES runs (run) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deliveries_by_state ON deliveries (run, state, at, row);
