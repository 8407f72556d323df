-- Times are milliseconds since 1970.
CREATE TABLE error_seen (
    provider TEXT NOT NULL,
    code     TEXT NOT NULL,
    count    INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    PRIMARY KEY (provider, code)
) WITHOUT ROWID;

CREATE TABLE token (
    name         TEXT NOT NULL PRIMARY KEY,
    hash         BLOB NOT NULL UNIQUE, -- SHA-256; the token itself is kept nowhere
    scope        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER -- null while it never was
) WITHOUT ROWID;
