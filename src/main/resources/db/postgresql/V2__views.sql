-- The tables as people and other programs read them (docs/sql.md): names and columns stay as they are, the tables below them may change.
-- The same views as on SQLite, with this database's own types of times and truth values.

CREATE VIEW messages AS
SELECT
    m.provider,
    a.name AS account,
    m.provider_id AS id,
    m.direction,
    m.sender,
    m.status,
    m.error_code,
    e.category AS error_category,
    e.title AS error_title,
    -- The rules see the recipient that decides the message's status: the first by address that came no further than the message.
    CASE WHEN m.error_code IS NOT NULL THEN coalesce(
        nullif(
            CASE WHEN e.charged_always THEN e.charged ELSE coalesce(
                (SELECT c.charged
                 FROM recipient r JOIN charge_rule c ON c.provider = m.provider AND c.provider_status = r.provider_status
                 WHERE r.message_id = m.id
                     AND r.address = (SELECT d.address FROM recipient d WHERE d.message_id = m.id AND d.progress = m.progress
                                      ORDER BY d.address = '', d.address LIMIT 1)
                     AND (c.code IS NULL OR c.code = m.error_code)
                     AND substr(r.address, 1, length(c.address_prefix)) = c.address_prefix
                 ORDER BY c.place LIMIT 1),
                e.charged)
            END,
            'unknown'),
        -- Where nobody documents it, the cost says it, unless it is that of several recipients.
        CASE WHEN m.cost_amount IS NOT NULL AND (SELECT count(*) FROM recipient r WHERE r.message_id = m.id) = 1
            THEN CASE WHEN CAST(m.cost_amount AS numeric) > 0 THEN 'yes' ELSE 'no' END
        END,
        'unknown')
    END AS charged,
    m.progress = 'unconfirmed' AS unconfirmed,
    m.conflict,
    nullif(m.segments, 0) AS segments,
    CAST(m.cost_amount AS numeric) AS cost_amount,
    m.cost_currency,
    m.reference,
    m.campaign,
    to_timestamp(m.registered_at / 1000.0::double precision) AS registered_at,
    to_timestamp(m.sent_at / 1000.0::double precision) AS sent_at,
    to_timestamp(m.finalized_at / 1000.0::double precision) AS finalized_at,
    to_timestamp(m.first_event_at / 1000.0::double precision) AS first_event_at,
    to_timestamp(m.last_event_at / 1000.0::double precision) AS last_event_at,
    to_timestamp(s.flagged_at / 1000.0::double precision) AS stuck_since,
    -- As it is now: the flag has what it was when the message was flagged. An account is silent after the threshold, which the flag tells.
    CASE WHEN s.message_id IS NOT NULL THEN CASE
        WHEN EXISTS (
            SELECT 1
            FROM quarantined_message q JOIN callback c ON c.id = q.callback_id JOIN account b ON b.id = c.account_id
            WHERE q.provider_id = m.provider_id AND b.provider = m.provider AND c.quarantine_reason IS NOT NULL)
            THEN 'callback_not_understood'
        WHEN a.last_callback_at IS NULL AND m.progress = 'registered' THEN 'never_any_callback'
        WHEN a.last_callback_at IS NULL OR a.last_callback_at < extract(epoch FROM now()) * 1000 - (s.due_at - s.waiting_since)
            THEN 'provider_silent'
        WHEN m.progress = 'registered' THEN 'never_any_callback'
        WHEN m.progress = 'accepted' THEN 'accepted_or_queued'
        ELSE 'sent_no_receipt'
    END END AS stuck_reason
FROM message m
JOIN account a ON a.id = m.account_id
LEFT JOIN error_code e ON e.provider = m.provider AND e.code = m.error_code
-- A flag may be of a time at which less was known: the message has its end by now, or was sent later than it seemed.
LEFT JOIN stuck s ON s.message_id = m.id AND s.ending IS NULL
    AND m.waiting_since <= extract(epoch FROM now()) * 1000 - (s.due_at - s.waiting_since);

CREATE VIEW recipients AS
SELECT
    m.provider,
    m.provider_id AS id,
    nullif(r.address, '') AS recipient,
    CASE r.progress WHEN 'delivered' THEN 'DELIVERED' WHEN 'failed' THEN 'ERROR' ELSE 'SENT' END AS status,
    r.provider_status,
    r.error_code,
    r.progress = 'unconfirmed' AS unconfirmed,
    r.conflict,
    r.carrier,
    to_timestamp(r.updated_at / 1000.0::double precision) AS updated_at
FROM recipient r
JOIN message m ON m.id = r.message_id;

CREATE VIEW transitions AS
SELECT
    e.id AS sequence,
    m.provider,
    a.name AS account,
    m.provider_id AS id,
    e.recipient,
    e.source,
    to_timestamp(e.received_at / 1000.0::double precision) AS received_at,
    -- A time before 2000, or more than a day after the arrival, is no time.
    CASE WHEN e.occurred_at BETWEEN 946684800000 AND e.received_at + 86400000
        THEN to_timestamp(e.occurred_at / 1000.0::double precision)
    END AS occurred_at,
    e.provider_status,
    CASE e.progress WHEN 'delivered' THEN 'DELIVERED' WHEN 'failed' THEN 'ERROR' ELSE 'SENT' END AS status,
    e.error_code,
    e.changed
FROM event e
JOIN message m ON m.id = e.message_id
JOIN account a ON a.id = e.account_id;

CREATE VIEW message_tags AS
SELECT m.provider, m.provider_id AS id, t.tag
FROM message_tag t
JOIN message m ON m.id = t.message_id;

CREATE VIEW message_link_domains AS
SELECT m.provider, m.provider_id AS id, d.link_domain
FROM message_link_domain d
JOIN message m ON m.id = d.message_id;

CREATE VIEW callbacks AS
SELECT
    c.id AS number,
    a.provider,
    a.name AS account,
    'webhook' AS source,
    to_timestamp(c.received_at / 1000.0::double precision) AS received_at,
    c.method,
    c.media_type,
    c.bytes,
    c.quarantine_reason
FROM callback c
JOIN account a ON a.id = c.account_id;

-- Without those that only stand for "which account is unknown".
CREATE VIEW accounts AS
SELECT
    a.provider,
    a.name AS account,
    to_timestamp(a.last_callback_at / 1000.0::double precision) AS last_callback_at
FROM account a
WHERE a.name <> '*';
