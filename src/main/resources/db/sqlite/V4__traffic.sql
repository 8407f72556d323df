-- How many callbacks came for an account in an hour, counted from 1970: what is usual for that hour of the week is judged by it.
CREATE TABLE traffic (
    account   INTEGER NOT NULL,
    hour      INTEGER NOT NULL,
    callbacks INTEGER NOT NULL,
    PRIMARY KEY (account, hour)
) WITHOUT ROWID;

-- What would have made the last refused request fit, where that could be told.
ALTER TABLE refused ADD COLUMN hint TEXT;
