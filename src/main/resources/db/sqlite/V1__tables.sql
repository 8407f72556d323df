-- Times are milliseconds since 1970, truth values 0 or 1. The views of V2 show both as a person reads them.

CREATE TABLE account (
    id               INTEGER PRIMARY KEY,
    provider         TEXT NOT NULL,
    name             TEXT NOT NULL,
    last_callback_at INTEGER, -- to about a second
    UNIQUE (provider, name)
) STRICT;

-- The log: each authentic callback as it came. A row changes only in its reason.
CREATE TABLE callback (
    id                INTEGER PRIMARY KEY,
    account_id        INTEGER NOT NULL REFERENCES account (id),
    received_at       INTEGER NOT NULL,
    method            TEXT NOT NULL CHECK (method IN ('POST', 'GET')),
    query             TEXT,
    media_type        TEXT,
    bytes             INTEGER NOT NULL, -- the length of the body as it was sent
    body              BLOB NOT NULL,    -- compressed by zstd
    quarantine_reason TEXT              -- why it, or a part of it, was not understood
) STRICT;
CREATE INDEX callback_received ON callback (received_at);
CREATE INDEX callback_quarantined ON callback (id) WHERE quarantine_reason IS NOT NULL;

-- The callbacks that are acknowledged and not applied yet. Mostly empty.
CREATE TABLE inbox (
    callback_id INTEGER PRIMARY KEY REFERENCES callback (id),
    entered_at  INTEGER NOT NULL
) STRICT;

-- Which messages the callbacks in quarantine name, as far as the adapter can tell: why a message is stuck. A row counts while its callback is there
-- and in quarantine.
CREATE TABLE quarantined_message (
    callback_id INTEGER NOT NULL,
    provider_id TEXT NOT NULL,
    PRIMARY KEY (callback_id, provider_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX quarantined_message_id ON quarantined_message (provider_id);

-- What the events of a message mean, as MessageState says it.
CREATE TABLE message (
    id               INTEGER PRIMARY KEY,
    provider         TEXT NOT NULL,
    provider_id      TEXT NOT NULL,
    account_id       INTEGER NOT NULL REFERENCES account (id),
    direction        TEXT NOT NULL CHECK (direction IN ('outbound', 'inbound')),
    sender           TEXT,
    status           TEXT NOT NULL CHECK (status IN ('SENT', 'ERROR', 'DELIVERED')),
    progress         TEXT NOT NULL CHECK (progress IN ('registered', 'accepted', 'sent', 'unconfirmed', 'failed', 'delivered')),
    error_code       TEXT,
    conflict         INTEGER NOT NULL CHECK (conflict IN (0, 1)),
    segments         INTEGER NOT NULL, -- 0 if unknown
    cost_amount      TEXT, -- a decimal number, exactly as the provider gave it
    cost_currency    TEXT,
    reference        TEXT,
    campaign         TEXT,
    registered_at    INTEGER,
    sent_at          INTEGER,
    finalized_at     INTEGER,
    first_event_at   INTEGER NOT NULL,
    last_event_at    INTEGER NOT NULL,
    last_received_at INTEGER NOT NULL, -- by arrival: retention goes by it
    waiting_since    INTEGER, -- null once nothing more is expected
    UNIQUE (provider_id, provider)
) STRICT;
-- An index ends with the row's id by itself. By hours, and in these by id: whether any message of a long time is below a number is so told by one look for each of its hours.
CREATE INDEX message_first_hour ON message ((first_event_at / 3600000));
CREATE INDEX message_last_received ON message (last_received_at);
CREATE INDEX message_waiting ON message (account_id, waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX message_sender ON message (sender) WHERE sender IS NOT NULL;
CREATE INDEX message_campaign ON message (campaign) WHERE campaign IS NOT NULL;
CREATE INDEX message_reference ON message (reference) WHERE reference IS NOT NULL;
CREATE INDEX message_undelivered ON message (progress) WHERE progress <> 'delivered';
CREATE INDEX message_conflict ON message (id) WHERE conflict;

CREATE TABLE recipient (
    message_id      INTEGER NOT NULL REFERENCES message (id),
    address         TEXT NOT NULL, -- empty while nobody has been named
    progress        TEXT NOT NULL CHECK (progress IN ('registered', 'accepted', 'sent', 'unconfirmed', 'failed', 'delivered')),
    provider_status TEXT NOT NULL,
    error_code      TEXT,
    conflict        INTEGER NOT NULL CHECK (conflict IN (0, 1)),
    carrier         TEXT,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (message_id, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipient_address ON recipient (address, message_id);
CREATE INDEX recipient_error ON recipient (error_code, message_id) WHERE error_code IS NOT NULL;

-- Everything that was said, once each, in the order of arrival. Append-only; message and recipient follow from it.
CREATE TABLE event (
    id              INTEGER PRIMARY KEY, -- the feed's sequence
    message_id      INTEGER NOT NULL REFERENCES message (id),
    account_id      INTEGER NOT NULL REFERENCES account (id),
    callback_id     INTEGER, -- null for what came by another way; retention removes the callback before the event
    source          TEXT NOT NULL CHECK (source IN ('webhook', 'registration', 'reconciliation', 'replay')),
    received_at     INTEGER NOT NULL,
    changed         INTEGER NOT NULL CHECK (changed IN (0, 1)),
    recipient       TEXT,
    sole_recipient  INTEGER NOT NULL CHECK (sole_recipient IN (0, 1)),
    inbound         INTEGER NOT NULL CHECK (inbound IN (0, 1)),
    progress        TEXT NOT NULL CHECK (progress IN ('registered', 'accepted', 'sent', 'unconfirmed', 'failed', 'delivered')),
    provider_status TEXT NOT NULL,
    error_code      TEXT,
    occurred_at     INTEGER,
    provider_event  TEXT, -- the provider's own id of the event
    detail          TEXT, -- what else tells two statements apart
    sender          TEXT,
    carrier         TEXT,
    sent_at         INTEGER,
    segments        INTEGER NOT NULL,
    cost_amount     TEXT,
    cost_currency   TEXT,
    registration    TEXT -- JSON: what only the sending program says
) STRICT;
CREATE INDEX event_message ON event (message_id);

CREATE TABLE message_tag (
    message_id INTEGER NOT NULL REFERENCES message (id),
    tag        TEXT NOT NULL,
    PRIMARY KEY (message_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_tag_tag ON message_tag (tag, message_id);

CREATE TABLE message_link_domain (
    message_id  INTEGER NOT NULL REFERENCES message (id),
    link_domain TEXT NOT NULL,
    PRIMARY KEY (message_id, link_domain)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_link_domain_domain ON message_link_domain (link_domain, message_id);

-- That a message was found stuck, and how that ended.
CREATE TABLE stuck (
    message_id    INTEGER PRIMARY KEY REFERENCES message (id),
    waiting_since INTEGER NOT NULL,
    due_at        INTEGER NOT NULL,
    flagged_at    INTEGER NOT NULL,
    reason        TEXT NOT NULL CHECK (reason IN ('never_any_callback', 'accepted_or_queued', 'sent_no_receipt', 'provider_silent', 'callback_not_understood')), -- as it was when it was flagged
    ending        TEXT CHECK (ending IN ('delivered', 'failed', 'unconfirmed', 'never_reported')), -- null while it is stuck
    ended_at      INTEGER
) STRICT;
CREATE INDEX stuck_ended ON stuck (ended_at);

-- The catalogue of error codes, written at a start.
CREATE TABLE error_code (
    provider       TEXT NOT NULL,
    code           TEXT NOT NULL,
    title          TEXT NOT NULL,
    category       TEXT NOT NULL,
    charged        TEXT NOT NULL CHECK (charged IN ('yes', 'no', 'unknown')),
    charged_always INTEGER NOT NULL CHECK (charged_always IN (0, 1)), -- no rule changes it
    PRIMARY KEY (provider, code)
) STRICT, WITHOUT ROWID;

-- How the provider's status changes whether a code is charged: of those that fit, the one with the lowest place counts.
CREATE TABLE charge_rule (
    provider        TEXT NOT NULL,
    place           INTEGER NOT NULL,
    provider_status TEXT NOT NULL,
    address_prefix  TEXT NOT NULL, -- empty for any address
    code            TEXT,          -- null for any code
    charged         TEXT NOT NULL CHECK (charged IN ('yes', 'no', 'unknown')),
    PRIMARY KEY (provider, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE error_seen (
    provider TEXT NOT NULL,
    code     TEXT NOT NULL,
    count    INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    PRIMARY KEY (provider, code)
) STRICT, WITHOUT ROWID;

-- Requests that were refused. The account is * where it is not known.
CREATE TABLE refused (
    provider TEXT NOT NULL,
    account  TEXT NOT NULL,
    reason   TEXT NOT NULL,
    count    INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    hint     TEXT, -- what would have made the last one fit, where that could be told
    PRIMARY KEY (provider, account, reason)
) STRICT, WITHOUT ROWID;

-- How many callbacks came for an account in an hour, counted from 1970.
CREATE TABLE traffic (
    account_id INTEGER NOT NULL REFERENCES account (id),
    hour       INTEGER NOT NULL,
    callbacks  INTEGER NOT NULL,
    PRIMARY KEY (account_id, hour)
) STRICT, WITHOUT ROWID;

-- That the provider was asked about a message, so that it is not asked again without need.
CREATE TABLE lookup (
    provider_id TEXT NOT NULL,
    provider    TEXT NOT NULL,
    asked_at    INTEGER NOT NULL,
    again       INTEGER NOT NULL CHECK (again IN (0, 1)), -- 0: the provider has no such message and will not have it
    PRIMARY KEY (provider_id, provider)
) STRICT, WITHOUT ROWID;
CREATE INDEX lookup_asked ON lookup (asked_at);

CREATE TABLE report (
    day      TEXT PRIMARY KEY,
    made_at  INTEGER NOT NULL,
    document BLOB NOT NULL -- JSON, compressed by zstd
) STRICT;

CREATE TABLE token (
    name         TEXT NOT NULL PRIMARY KEY,
    hash         BLOB NOT NULL UNIQUE, -- SHA-256; the token itself is kept nowhere
    scope        TEXT NOT NULL CHECK (scope IN ('read', 'write')),
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER
) STRICT, WITHOUT ROWID;

-- The next number of each kind of row. Numbers of removed rows are not given again.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter (name, next) VALUES ('account', 1), ('callback', 1), ('message', 1), ('event', 1), ('probe', 1), ('alert', 1);

-- Names the sequence of changes: a restored database begins another one. Of events above removed_to, retention has removed none.
CREATE TABLE feed (
    id         TEXT PRIMARY KEY,
    removed_to INTEGER NOT NULL
) STRICT;
INSERT INTO feed (id, removed_to) VALUES (lower(hex(randomblob(8))), 0);

-- Where each endpoint of the relay is in the sequence of changes, and which node pushes for it.
CREATE TABLE relay_endpoint (
    name            TEXT PRIMARY KEY,
    feed            TEXT NOT NULL, -- whose sequence the position is of
    position        INTEGER NOT NULL, -- what is at or before it is done, but for the rows of relay_delivery
    state           TEXT NOT NULL CHECK (state IN ('active', 'failing', 'paused', 'gone')),
    reason          TEXT,
    failing_since   INTEGER,
    next_probe_at   INTEGER,
    probes          INTEGER NOT NULL, -- how many failed in a row
    last_success_at INTEGER,
    owner           TEXT, -- the node that pushes, until owned_until
    owned_until     INTEGER,
    epoch           INTEGER NOT NULL -- raised by all who change the row but its owner, who then reads it again
) STRICT, WITHOUT ROWID;

-- The deliveries that failed while their endpoint worked, and what waits behind them. The changes themselves are read anew each time.
CREATE TABLE relay_delivery (
    endpoint    TEXT NOT NULL,
    sequence    INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('retrying', 'failed', 'delivered')),
    attempts    INTEGER NOT NULL,
    next_at     INTEGER, -- null while it waits for an earlier change of its message, and at the end
    tried_at    INTEGER,
    http_status INTEGER,
    error       TEXT,
    excerpt     TEXT, -- how the receiver's answer began
    PRIMARY KEY (endpoint, sequence)
) STRICT, WITHOUT ROWID;

-- What is to be told to people, a row for each channel. It is inserted in the transaction of that which it tells, so that nothing is told
-- twice or never.
CREATE TABLE notice (
    channel    TEXT NOT NULL,
    subject    TEXT NOT NULL, -- alert/17/fired, alert/17/reminder/2026-11-30, report/2026-11-30
    type       TEXT NOT NULL CHECK (type IN ('alert.fired', 'alert.reminder', 'alert.resolved', 'report.stuck')),
    severity   TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    created_at INTEGER NOT NULL,
    document   TEXT NOT NULL, -- JSON
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'skipped')), -- skipped: it matters less than the channel wants
    message    TEXT, -- the id of the message that tells it, maybe with others; null until it is sent for the first time
    attempts   INTEGER NOT NULL,
    next_at    INTEGER, -- null at the end; while it is sent, when another node may send it
    error      TEXT,
    PRIMARY KEY (channel, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_waiting ON notice (next_at) WHERE state = 'waiting';

-- Who is signed in to the dashboard.
CREATE TABLE dashboard_session (
    hash       BLOB NOT NULL PRIMARY KEY, -- SHA-256 of what the browser holds, which is kept nowhere
    bound_to   BLOB NOT NULL, -- SHA-256 of that and a token's hash together: it tells nobody who reads this table which token it is
    created_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL -- to some minutes
) STRICT, WITHOUT ROWID;

-- What is wrong, or was. Of one rule and key, one is open at a time.
CREATE TABLE alert (
    id             INTEGER PRIMARY KEY,
    rule           TEXT NOT NULL,
    key            TEXT NOT NULL, -- what it is about: twilio/main, twilio/main campaign=vote
    state          TEXT NOT NULL CHECK (state IN ('pending', 'firing', 'resolved')),
    severity       TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    since          INTEGER NOT NULL,
    fired_at       INTEGER,
    resolved_at    INTEGER,
    value          TEXT, -- a decimal number: a share from 0 to 1, or a count
    usual          TEXT,
    messages       INTEGER, -- of how many the value is a share
    parts          TEXT NOT NULL, -- what it mostly consists of, a line each
    text           TEXT NOT NULL,
    advice         TEXT NOT NULL,
    silenced_until INTEGER,
    comment        TEXT,
    calm_since     INTEGER, -- since when it has not been found any more
    told_at        INTEGER  -- when it was last told
) STRICT;
CREATE UNIQUE INDEX alert_open ON alert (rule, key) WHERE state <> 'resolved';

-- What became of the messages of an hour once they had settled, as far as they were many enough to be judged. A campaign or the like
-- belongs to its account.
CREATE TABLE outcome (
    account_id  INTEGER NOT NULL REFERENCES account (id),
    dimension   TEXT NOT NULL CHECK (dimension IN ('account', 'from', 'link_domain', 'carrier', 'campaign', 'receipts')),
    name        TEXT NOT NULL, -- of the sender and so on; empty for the account itself
    hour        INTEGER NOT NULL, -- counted from 1970
    messages    INTEGER NOT NULL,
    failed      INTEGER NOT NULL, -- for another reason than the next two
    spam_filter INTEGER NOT NULL,
    opt_out     INTEGER NOT NULL,
    late        INTEGER NOT NULL,
    PRIMARY KEY (account_id, dimension, name, hour)
) STRICT, WITHOUT ROWID;
CREATE INDEX outcome_hour ON outcome (hour);

-- The newest settled messages of each, some ten or more together: enough to be judged by, and two days at most.
CREATE TABLE outcome_batch (
    account_id  INTEGER NOT NULL REFERENCES account (id),
    dimension   TEXT NOT NULL CHECK (dimension IN ('account', 'from', 'link_domain', 'carrier', 'campaign', 'receipts')),
    name        TEXT NOT NULL,
    number      INTEGER NOT NULL, -- rising
    first_at    INTEGER NOT NULL, -- when its first message was first heard of
    last_at     INTEGER NOT NULL,
    messages    INTEGER NOT NULL,
    failed      INTEGER NOT NULL,
    spam_filter INTEGER NOT NULL,
    opt_out     INTEGER NOT NULL,
    late        INTEGER NOT NULL,
    PRIMARY KEY (account_id, dimension, name, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX outcome_batch_last ON outcome_batch (last_at);

-- How long the final reports of a day took.
CREATE TABLE receipt_time (
    account_id INTEGER NOT NULL REFERENCES account (id),
    day        INTEGER NOT NULL, -- counted from 1970
    seconds    INTEGER NOT NULL, -- so long or shorter, and longer than the row before
    messages   INTEGER NOT NULL,
    PRIMARY KEY (account_id, day, seconds)
) STRICT, WITHOUT ROWID;

-- Up to which message each account is counted.
CREATE TABLE counted (
    account_id INTEGER NOT NULL REFERENCES account (id),
    what       TEXT NOT NULL CHECK (what IN ('outcomes', 'late', 'receipt_times')),
    message_id INTEGER NOT NULL,
    PRIMARY KEY (account_id, what)
) STRICT, WITHOUT ROWID;

-- Figures that are only known as of now, noted from time to time: what was refused in all, and how much of the disk is free.
CREATE TABLE noted (
    what   TEXT NOT NULL CHECK (what IN ('refused', 'disk_free')),
    name   TEXT NOT NULL,
    at     INTEGER NOT NULL,
    figure INTEGER NOT NULL,
    PRIMARY KEY (what, name, at)
) STRICT, WITHOUT ROWID;

-- Accounts whose API credentials the provider refuses.
CREATE TABLE api_refused (
    provider TEXT NOT NULL,
    account  TEXT NOT NULL,
    since    INTEGER NOT NULL,
    answer   TEXT NOT NULL,
    PRIMARY KEY (provider, account)
) STRICT, WITHOUT ROWID;
