-- Words that recur in rows, so that a row holds a small number instead.
CREATE TABLE word (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);

CREATE TABLE account (
    id               INTEGER PRIMARY KEY,
    provider         TEXT NOT NULL,
    name             TEXT NOT NULL,
    last_callback_at INTEGER, -- milliseconds, as are all times here
    UNIQUE (provider, name)
);

-- A row a message: its key packed, its whole history packed, and what is searched for. The rows lie in the order in which
-- the messages were first heard of, so that a batch, and the callbacks that follow seconds later, touch few pages. Which row a key has,
-- key_run tells.
CREATE TABLE message (
    id            INTEGER PRIMARY KEY, -- the sequence of its first event
    key           BLOB NOT NULL, -- no two are alike: the writer sees to it
    account       INTEGER NOT NULL,
    waiting_since INTEGER, -- null once nothing more is expected
    history       BLOB NOT NULL
);

-- Which messages have keys of which hash: nine bytes each, four of the hash and five of the id. Keys are random, and an index of SQLite's own
-- would have a page written anew for nearly each. These are sorted runs of growing size instead, of which a smaller one is merged
-- into the next larger, stretch by stretch, so that each page that is written takes in many keys.
CREATE TABLE key_run (
    place   INTEGER PRIMARY KEY, -- the level, times 2^32, plus the first hash; in level 0, which is not sorted, the number of the row
    entries BLOB NOT NULL
);

-- Holds open messages only, so it stays small however many messages there are.
CREATE INDEX message_open ON message (account, waiting_since) WHERE waiting_since IS NOT NULL;

-- What lists are found by: not which messages, but in which block of 1,024 ids some message has a value (a hash of the kind of value
-- and its text). So a value that recurs costs a row a block, not a row a message.
CREATE TABLE facet (
    value INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (value, block)
) WITHOUT ROWID;

-- From when to when the messages of a block were first heard of, by the providers' time. Written once its large block is complete.
CREATE TABLE span (
    block    INTEGER PRIMARY KEY,
    earliest INTEGER NOT NULL,
    latest   INTEGER NOT NULL
);

-- For values that are different in nearly every message: of a large block of 16,384 ids that is complete, the messages by short
-- hashes of the value, in 64 rows. A table with row ids: without them, rows of a thousand bytes spill into a page each.
CREATE TABLE posting (
    place   INTEGER PRIMARY KEY, -- the number of the large block, times 64, plus six bits of hash
    entries BLOB NOT NULL -- six bytes each, sorted: 34 bits of hash, 14 of the id
);

-- What was learned of a message after its large block was complete.
CREATE TABLE late_posting (
    hash INTEGER NOT NULL,
    id   INTEGER NOT NULL,
    PRIMARY KEY (hash, id)
) WITHOUT ROWID;

-- A large block of messages as the statistics need them: each as a small number, and its times. Null until it is summed up, and again when
-- what it says must not be said any more.
CREATE TABLE summary (
    block INTEGER PRIMARY KEY,
    body  BLOB
);
CREATE INDEX summary_missing ON summary (block) WHERE body IS NULL;

-- The messages that changed after their block was summed up: they are read themselves.
CREATE TABLE late_change (
    block    INTEGER NOT NULL,
    id       INTEGER NOT NULL,
    sequence INTEGER NOT NULL, -- the first of the commit that changed it last
    PRIMARY KEY (block, id)
) WITHOUT ROWID;

-- The raw callbacks of one commit, or 64 of them, compressed together; later those of an hour, up to 1,024 events.
CREATE TABLE segment (
    first_sequence INTEGER PRIMARY KEY,
    next_sequence  INTEGER NOT NULL,
    received_at    INTEGER NOT NULL, -- of the first callback in it, or where they were packed later, of the last
    body           BLOB NOT NULL
);

-- One row; survives the removal of old segments.
CREATE TABLE counter (
    id            INTEGER PRIMARY KEY CHECK (id = 0),
    next_sequence INTEGER NOT NULL,
    probes        INTEGER NOT NULL,
    posted_block  INTEGER NOT NULL, -- the large blocks before this one are in posting and span
    summed_block  INTEGER NOT NULL -- changes of the large blocks before this one are in late_change
);
INSERT INTO counter (id, next_sequence, probes, posted_block, summed_block) VALUES (0, 1, 0, 0, 0);

CREATE TABLE quarantine (
    sequence    INTEGER PRIMARY KEY,
    account     INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    reason      TEXT NOT NULL
);

CREATE TABLE stuck (
    key           BLOB NOT NULL PRIMARY KEY,
    message       INTEGER, -- its row; null where there is none
    account       INTEGER NOT NULL,
    sender        TEXT,
    waiting_since INTEGER NOT NULL,
    due_at        INTEGER NOT NULL,
    flagged_at    INTEGER NOT NULL,
    reason        INTEGER NOT NULL,
    ending        INTEGER, -- null while it is stuck
    ended_at      INTEGER
) WITHOUT ROWID;
CREATE INDEX stuck_active ON stuck (ended_at, message);
CREATE INDEX stuck_message ON stuck (message);

CREATE TABLE refused (
    account INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    count   INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (account, reason)
) WITHOUT ROWID;

CREATE TABLE report (
    date     TEXT PRIMARY KEY,
    made_at  INTEGER NOT NULL,
    document BLOB NOT NULL -- JSON, compressed
);
