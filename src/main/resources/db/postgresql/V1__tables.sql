-- Times are milliseconds since 1970, as on SQLite, so that one text of a statement fits both. The views of V2 show them as a person reads them.
-- Texts are compared byte for byte.

CREATE TABLE account (
    id               BIGINT  PRIMARY KEY,
    provider         TEXT COLLATE "C" NOT NULL,
    name             TEXT COLLATE "C" NOT NULL,
    last_callback_at BIGINT, -- to about a second
    UNIQUE (provider, name)
);

-- The log: each authentic callback as it came. A row changes only in its reason.
CREATE TABLE callback (
    id                BIGINT  PRIMARY KEY,
    account_id        BIGINT NOT NULL,
    received_at       BIGINT NOT NULL,
    method            TEXT COLLATE "C" NOT NULL CHECK (method IN ('POST', 'GET')),
    query             TEXT COLLATE "C",
    media_type        TEXT COLLATE "C",
    bytes             INTEGER NOT NULL, -- the length of the body as it was sent
    body              BYTEA NOT NULL,    -- compressed by zstd
    quarantine_reason TEXT COLLATE "C"              -- why it, or a part of it, was not understood
);
CREATE INDEX callback_received ON callback (received_at);
CREATE INDEX callback_quarantined ON callback (id) WHERE quarantine_reason IS NOT NULL;

-- The callbacks that are acknowledged and not applied yet. Mostly empty.
CREATE TABLE inbox (
    callback_id BIGINT  PRIMARY KEY,
    entered_at  BIGINT NOT NULL
);

-- Which messages the callbacks in quarantine name, as far as the adapter can tell: why a message is stuck. A row counts while its callback is there
-- and in quarantine.
CREATE TABLE quarantined_message (
    callback_id BIGINT NOT NULL,
    provider_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (callback_id, provider_id)
);
CREATE INDEX quarantined_message_id ON quarantined_message (provider_id);

-- What the events of a message mean, as MessageState says it.
CREATE TABLE message (
    id               BIGINT  PRIMARY KEY,
    provider         TEXT COLLATE "C" NOT NULL,
    provider_id      TEXT COLLATE "C" NOT NULL,
    account_id       BIGINT NOT NULL,
    direction        TEXT COLLATE "C" NOT NULL CHECK (direction IN ('outbound', 'inbound')),
    sender           TEXT COLLATE "C",
    status           TEXT COLLATE "C" NOT NULL CHECK (status IN ('SENT', 'ERROR', 'DELIVERED')),
    progress         TEXT COLLATE "C" NOT NULL CHECK (progress IN ('registered', 'accepted', 'sent', 'unconfirmed', 'failed', 'delivered')),
    error_code       TEXT COLLATE "C",
    conflict         BOOLEAN NOT NULL,
    segments         INTEGER NOT NULL, -- 0 if unknown
    cost_amount      TEXT COLLATE "C", -- a decimal number, exactly as the provider gave it
    cost_currency    TEXT COLLATE "C",
    reference        TEXT COLLATE "C",
    campaign         TEXT COLLATE "C",
    registered_at    BIGINT,
    sent_at          BIGINT,
    finalized_at     BIGINT,
    first_event_at   BIGINT NOT NULL,
    last_event_at    BIGINT NOT NULL,
    last_received_at BIGINT NOT NULL, -- by arrival: retention goes by it
    waiting_since    BIGINT, -- null once nothing more is expected
    UNIQUE (provider_id, provider)
);
-- By hours, and in these by number: whether any message of a long time is below a number is so told by one look for each of its hours.
CREATE INDEX message_first_hour ON message ((first_event_at / 3600000), id);
CREATE INDEX message_last_received ON message (last_received_at);
CREATE INDEX message_waiting ON message (account_id, waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX message_sender ON message (sender, id) WHERE sender IS NOT NULL;
CREATE INDEX message_campaign ON message (campaign, id) WHERE campaign IS NOT NULL;
CREATE INDEX message_reference ON message (reference, id) WHERE reference IS NOT NULL;
CREATE INDEX message_undelivered ON message (progress, id) WHERE progress <> 'delivered';
CREATE INDEX message_conflict ON message (id) WHERE conflict;

CREATE TABLE recipient (
    message_id      BIGINT NOT NULL,
    address         TEXT COLLATE "C" NOT NULL, -- empty while nobody has been named
    progress        TEXT COLLATE "C" NOT NULL CHECK (progress IN ('registered', 'accepted', 'sent', 'unconfirmed', 'failed', 'delivered')),
    provider_status TEXT COLLATE "C" NOT NULL,
    error_code      TEXT COLLATE "C",
    conflict        BOOLEAN NOT NULL,
    carrier         TEXT COLLATE "C",
    updated_at      BIGINT NOT NULL,
    PRIMARY KEY (message_id, address)
);
CREATE INDEX recipient_address ON recipient (address, message_id);
CREATE INDEX recipient_error ON recipient (error_code, message_id) WHERE error_code IS NOT NULL;

-- Everything that was said, once each, in the order of arrival. Append-only; message and recipient follow from it.
CREATE TABLE event (
    id              BIGINT  PRIMARY KEY, -- the feed's sequence
    message_id      BIGINT NOT NULL,
    account_id      BIGINT NOT NULL,
    callback_id     BIGINT, -- null for what came by another way; retention removes the callback before the event
    source          TEXT COLLATE "C" NOT NULL CHECK (source IN ('webhook', 'registration', 'reconciliation', 'replay')),
    received_at     BIGINT NOT NULL,
    changed         BOOLEAN NOT NULL,
    recipient       TEXT COLLATE "C",
    sole_recipient  BOOLEAN NOT NULL,
    inbound         BOOLEAN NOT NULL,
    progress        TEXT COLLATE "C" NOT NULL CHECK (progress IN ('registered', 'accepted', 'sent', 'unconfirmed', 'failed', 'delivered')),
    provider_status TEXT COLLATE "C" NOT NULL,
    error_code      TEXT COLLATE "C",
    occurred_at     BIGINT,
    provider_event  TEXT COLLATE "C", -- the provider's own id of the event
    detail          TEXT COLLATE "C", -- what else tells two statements apart
    sender          TEXT COLLATE "C",
    carrier         TEXT COLLATE "C",
    sent_at         BIGINT,
    segments        INTEGER NOT NULL,
    cost_amount     TEXT COLLATE "C",
    cost_currency   TEXT COLLATE "C",
    registration    TEXT COLLATE "C" -- JSON: what only the sending program says
);
CREATE INDEX event_message ON event (message_id);

CREATE TABLE message_tag (
    message_id BIGINT NOT NULL,
    tag        TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (message_id, tag)
);
CREATE INDEX message_tag_tag ON message_tag (tag, message_id);

CREATE TABLE message_link_domain (
    message_id  BIGINT NOT NULL,
    link_domain TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (message_id, link_domain)
);
CREATE INDEX message_link_domain_domain ON message_link_domain (link_domain, message_id);

-- That a message was found stuck, and how that ended.
CREATE TABLE stuck (
    message_id    BIGINT  PRIMARY KEY,
    waiting_since BIGINT NOT NULL,
    due_at        BIGINT NOT NULL,
    flagged_at    BIGINT NOT NULL,
    reason        TEXT COLLATE "C" NOT NULL CHECK (reason IN ('never_any_callback', 'accepted_or_queued', 'sent_no_receipt', 'provider_silent', 'callback_not_understood')), -- as it was when it was flagged
    ending        TEXT COLLATE "C" CHECK (ending IN ('delivered', 'failed', 'unconfirmed', 'never_reported')), -- null while it is stuck
    ended_at      BIGINT
);
CREATE INDEX stuck_ended ON stuck (ended_at);
CREATE INDEX stuck_active ON stuck (message_id) WHERE ended_at IS NULL;

-- The catalogue of error codes, written at a start.
CREATE TABLE error_code (
    provider       TEXT COLLATE "C" NOT NULL,
    code           TEXT COLLATE "C" NOT NULL,
    title          TEXT COLLATE "C" NOT NULL,
    category       TEXT COLLATE "C" NOT NULL,
    charged        TEXT COLLATE "C" NOT NULL CHECK (charged IN ('yes', 'no', 'unknown')),
    charged_always BOOLEAN NOT NULL, -- no rule changes it
    PRIMARY KEY (provider, code)
);

-- How the provider's status changes whether a code is charged: of those that fit, the one with the lowest place counts.
CREATE TABLE charge_rule (
    provider        TEXT COLLATE "C" NOT NULL,
    place           INTEGER NOT NULL,
    provider_status TEXT COLLATE "C" NOT NULL,
    address_prefix  TEXT COLLATE "C" NOT NULL, -- empty for any address
    code            TEXT COLLATE "C",          -- null for any code
    charged         TEXT COLLATE "C" NOT NULL CHECK (charged IN ('yes', 'no', 'unknown')),
    PRIMARY KEY (provider, place)
);

CREATE TABLE error_seen (
    provider TEXT COLLATE "C" NOT NULL,
    code     TEXT COLLATE "C" NOT NULL,
    count    BIGINT NOT NULL,
    last_at  BIGINT NOT NULL,
    PRIMARY KEY (provider, code)
);

-- Requests that were refused. The account is * where it is not known.
CREATE TABLE refused (
    provider TEXT COLLATE "C" NOT NULL,
    account  TEXT COLLATE "C" NOT NULL,
    reason   TEXT COLLATE "C" NOT NULL,
    count    BIGINT NOT NULL,
    last_at  BIGINT NOT NULL,
    hint     TEXT COLLATE "C", -- what would have made the last one fit, where that could be told
    PRIMARY KEY (provider, account, reason)
);

-- How many callbacks came for an account in an hour, counted from 1970.
CREATE TABLE traffic (
    account_id BIGINT NOT NULL,
    hour       BIGINT NOT NULL,
    callbacks  BIGINT NOT NULL,
    PRIMARY KEY (account_id, hour)
);

-- That the provider was asked about a message, so that it is not asked again without need.
CREATE TABLE lookup (
    provider_id TEXT COLLATE "C" NOT NULL,
    provider    TEXT COLLATE "C" NOT NULL,
    asked_at    BIGINT NOT NULL,
    again       BOOLEAN NOT NULL, -- false: the provider has no such message and will not have it
    PRIMARY KEY (provider_id, provider)
);
CREATE INDEX lookup_asked ON lookup (asked_at);

CREATE TABLE report (
    day      TEXT COLLATE "C" PRIMARY KEY,
    made_at  BIGINT NOT NULL,
    document BYTEA NOT NULL -- JSON, compressed by zstd
);

CREATE TABLE token (
    name         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    hash         BYTEA NOT NULL UNIQUE, -- SHA-256; the token itself is kept nowhere
    scope        TEXT COLLATE "C" NOT NULL CHECK (scope IN ('read', 'write')),
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT
);

-- A transaction's events are numbered by its own number in the cluster. What is added to that keeps the numbers rising after a move to
-- another cluster, which counts from the start again.
CREATE TABLE counter (
    event_offset BIGINT NOT NULL,
    reached      BIGINT NOT NULL,
    place        TEXT COLLATE "C" NOT NULL -- the cluster, the database and the table: a restored one stands elsewhere
);
INSERT INTO counter (event_offset, reached, place) VALUES (0, 0, '');

-- Names the sequence of changes: a restored database begins another one. Of events above removed_to, retention has removed none.
CREATE TABLE feed (
    id         TEXT COLLATE "C" PRIMARY KEY,
    removed_to BIGINT NOT NULL
);
INSERT INTO feed (id, removed_to) VALUES (substr(md5(gen_random_uuid()::text), 1, 16), 0);

-- Written to prove that a commit succeeds.
CREATE TABLE probe (
    count BIGINT NOT NULL
);
INSERT INTO probe (count) VALUES (0);

CREATE SEQUENCE account_id;
CREATE SEQUENCE callback_id;
CREATE SEQUENCE message_id;
CREATE SEQUENCE alert_id;

-- It is filled and emptied all the time: what was removed has to be cleaned up soon.
ALTER TABLE inbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

-- The background jobs: a row each. Names and columns are those of db-scheduler, without its "priority". No index: there are never
-- more than a handful of rows.
CREATE TABLE scheduled_tasks (
    task_name            TEXT        NOT NULL,
    task_instance        TEXT        NOT NULL,
    task_data            BYTEA,
    execution_time       TIMESTAMPTZ NOT NULL,
    picked               BOOLEAN     NOT NULL,
    picked_by            TEXT,
    last_success         TIMESTAMPTZ,
    last_failure         TIMESTAMPTZ,
    consecutive_failures INTEGER,
    last_heartbeat       TIMESTAMPTZ,
    version              BIGINT      NOT NULL,
    PRIMARY KEY (task_name, task_instance)
);

-- Where each endpoint of the relay is in the sequence of changes, and which node pushes for it.
CREATE TABLE relay_endpoint (
    name            TEXT COLLATE "C" PRIMARY KEY,
    feed            TEXT COLLATE "C" NOT NULL, -- whose sequence the position is of
    position        BIGINT NOT NULL, -- what is at or before it is done, but for the rows of relay_delivery
    state           TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'failing', 'paused', 'gone')),
    reason          TEXT COLLATE "C",
    failing_since   BIGINT,
    next_probe_at   BIGINT,
    probes          BIGINT NOT NULL, -- how many failed in a row
    last_success_at BIGINT,
    owner           TEXT COLLATE "C", -- the node that pushes, until owned_until
    owned_until     BIGINT,
    epoch           BIGINT NOT NULL -- raised by all who change the row but its owner, who then reads it again
);

-- The deliveries that failed while their endpoint worked, and what waits behind them. The changes themselves are read anew each time.
CREATE TABLE relay_delivery (
    endpoint    TEXT COLLATE "C" NOT NULL,
    sequence    BIGINT NOT NULL,
    state       TEXT COLLATE "C" NOT NULL CHECK (state IN ('retrying', 'failed', 'delivered')),
    attempts    BIGINT NOT NULL,
    next_at     BIGINT, -- null while it waits for an earlier change of its message, and at the end
    tried_at    BIGINT,
    http_status BIGINT,
    error       TEXT COLLATE "C",
    excerpt     TEXT COLLATE "C", -- how the receiver's answer began
    PRIMARY KEY (endpoint, sequence)
);

-- What is to be told to people, a row for each channel. It is inserted in the transaction of that which it tells, so that nothing is told
-- twice or never.
CREATE TABLE notice (
    channel    TEXT COLLATE "C" NOT NULL,
    subject    TEXT COLLATE "C" NOT NULL, -- alert/17/fired, alert/17/reminder/2026-11-30, report/2026-11-30
    type       TEXT COLLATE "C" NOT NULL CHECK (type IN ('alert.fired', 'alert.reminder', 'alert.resolved', 'report.stuck')),
    severity   TEXT COLLATE "C" NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    created_at BIGINT NOT NULL,
    document   TEXT COLLATE "C" NOT NULL, -- JSON
    state      TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'skipped')), -- skipped: it matters less than the channel wants
    message    TEXT COLLATE "C", -- the id of the message that tells it, maybe with others; null until it is sent for the first time
    attempts   BIGINT NOT NULL,
    next_at    BIGINT, -- null at the end; while it is sent, when another node may send it
    error      TEXT COLLATE "C",
    PRIMARY KEY (channel, subject)
);
CREATE INDEX notice_waiting ON notice (next_at) WHERE state = 'waiting';

-- Who is signed in to the dashboard.
CREATE TABLE dashboard_session (
    hash       BYTEA NOT NULL PRIMARY KEY, -- SHA-256 of what the browser holds, which is kept nowhere
    bound_to   BYTEA NOT NULL, -- SHA-256 of that and a token's hash together: it tells nobody who reads this table which token it is
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL -- to some minutes
);

-- What is wrong, or was. Of one rule and key, one is open at a time.
CREATE TABLE alert (
    id             BIGINT PRIMARY KEY,
    rule           TEXT COLLATE "C" NOT NULL,
    key            TEXT COLLATE "C" NOT NULL, -- what it is about: twilio/main, twilio/main campaign=vote
    state          TEXT COLLATE "C" NOT NULL CHECK (state IN ('pending', 'firing', 'resolved')),
    severity       TEXT COLLATE "C" NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    since          BIGINT NOT NULL,
    fired_at       BIGINT,
    resolved_at    BIGINT,
    value          TEXT COLLATE "C", -- a decimal number: a share from 0 to 1, or a count
    usual          TEXT COLLATE "C",
    messages       BIGINT, -- of how many the value is a share
    parts          TEXT COLLATE "C" NOT NULL, -- what it mostly consists of, a line each
    text           TEXT COLLATE "C" NOT NULL,
    advice         TEXT COLLATE "C" NOT NULL,
    silenced_until BIGINT,
    comment        TEXT COLLATE "C",
    calm_since     BIGINT, -- since when it has not been found any more
    told_at        BIGINT  -- when it was last told
);
CREATE UNIQUE INDEX alert_open ON alert (rule, key) WHERE state <> 'resolved';

-- What became of the messages of an hour once they had settled, as far as they were many enough to be judged. A campaign or the like
-- belongs to its account.
CREATE TABLE outcome (
    account_id  BIGINT NOT NULL,
    dimension   TEXT COLLATE "C" NOT NULL CHECK (dimension IN ('account', 'from', 'link_domain', 'carrier', 'campaign', 'receipts')),
    name        TEXT COLLATE "C" NOT NULL, -- of the sender and so on; empty for the account itself
    hour        BIGINT NOT NULL, -- counted from 1970
    messages    BIGINT NOT NULL,
    failed      BIGINT NOT NULL, -- for another reason than the next two
    spam_filter BIGINT NOT NULL,
    opt_out     BIGINT NOT NULL,
    late        BIGINT NOT NULL,
    PRIMARY KEY (account_id, dimension, name, hour)
);
CREATE INDEX outcome_hour ON outcome (hour);

-- The newest settled messages of each, some ten or more together: enough to be judged by, and two days at most.
CREATE TABLE outcome_batch (
    account_id  BIGINT NOT NULL,
    dimension   TEXT COLLATE "C" NOT NULL CHECK (dimension IN ('account', 'from', 'link_domain', 'carrier', 'campaign', 'receipts')),
    name        TEXT COLLATE "C" NOT NULL,
    number      BIGINT NOT NULL, -- rising
    first_at    BIGINT NOT NULL, -- when its first message was first heard of
    last_at     BIGINT NOT NULL,
    messages    BIGINT NOT NULL,
    failed      BIGINT NOT NULL,
    spam_filter BIGINT NOT NULL,
    opt_out     BIGINT NOT NULL,
    late        BIGINT NOT NULL,
    PRIMARY KEY (account_id, dimension, name, number)
);
CREATE INDEX outcome_batch_last ON outcome_batch (last_at);

-- How long the final reports of a day took.
CREATE TABLE receipt_time (
    account_id BIGINT NOT NULL,
    day        BIGINT NOT NULL, -- counted from 1970
    seconds    BIGINT NOT NULL, -- so long or shorter, and longer than the row before
    messages   BIGINT NOT NULL,
    PRIMARY KEY (account_id, day, seconds)
);

-- Up to which message each account is counted.
CREATE TABLE counted (
    account_id BIGINT NOT NULL,
    what       TEXT COLLATE "C" NOT NULL CHECK (what IN ('outcomes', 'late', 'receipt_times')),
    message_id BIGINT NOT NULL,
    PRIMARY KEY (account_id, what)
);

-- Figures that are only known as of now, noted from time to time: what was refused in all, and how much of the disk is free.
CREATE TABLE noted (
    what   TEXT COLLATE "C" NOT NULL CHECK (what IN ('refused', 'disk_free')),
    name   TEXT COLLATE "C" NOT NULL,
    at     BIGINT NOT NULL,
    figure BIGINT NOT NULL,
    PRIMARY KEY (what, name, at)
);

-- Accounts whose API credentials the provider refuses.
CREATE TABLE api_refused (
    provider TEXT COLLATE "C" NOT NULL,
    account  TEXT COLLATE "C" NOT NULL,
    since    BIGINT NOT NULL,
    answer   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (provider, account)
);
