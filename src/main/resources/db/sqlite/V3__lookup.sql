-- That the provider was asked about a message that is still open, so that it is not asked again without need.
CREATE TABLE lookup (
    key      BLOB NOT NULL PRIMARY KEY,
    asked_at INTEGER NOT NULL,
    again    INTEGER NOT NULL -- 0: the provider has no such message and will not have it
) WITHOUT ROWID;
CREATE INDEX lookup_asked ON lookup (asked_at);
