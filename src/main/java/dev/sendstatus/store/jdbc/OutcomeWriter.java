package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.CountedOutcomes;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.OutcomeSeries;
import dev.sendstatus.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes the outcomes of settled messages. Any thread. */
public final class OutcomeWriter {
    private static final String BEGIN_COUNTED =
            "INSERT INTO counted (account_id, what, message_id) VALUES (?, ?, 0) ON CONFLICT (account_id, what) DO NOTHING";
    /** Of two nodes that counted the same, the second changes nothing. */
    private static final String MOVE_COUNTED =
            "UPDATE counted SET message_id = ? WHERE account_id = ? AND what = ? AND message_id = ?";

    private static final String SAVE_BATCH = """
            INSERT INTO outcome_batch
                (account_id, dimension, name, number, first_at, last_at, messages, failed, spam_filter, opt_out, late)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account_id, dimension, name, number) DO UPDATE
            SET first_at = excluded.first_at, last_at = excluded.last_at, messages = excluded.messages, failed = excluded.failed,
                spam_filter = excluded.spam_filter, opt_out = excluded.opt_out, late = excluded.late""";
    /** A batch that leaves is the oldest of its key. */
    private static final String REMOVE_BATCHES =
            "DELETE FROM outcome_batch WHERE account_id = ? AND dimension = ? AND name = ? AND number <= ?";
    /** Adds a batch to the history. */
    private static final String KEEP_BATCH = """
            INSERT INTO outcome AS o (account_id, dimension, name, hour, messages, failed, spam_filter, opt_out, late)
            SELECT account_id, dimension, name, last_at / 3600000, messages, failed, spam_filter, opt_out, late
            FROM outcome_batch WHERE account_id = ? AND dimension = ? AND name = ? AND number = ?
            ON CONFLICT (account_id, dimension, name, hour) DO UPDATE
            SET messages = o.messages + excluded.messages, failed = o.failed + excluded.failed,
                spam_filter = o.spam_filter + excluded.spam_filter, opt_out = o.opt_out + excluded.opt_out,
                late = o.late + excluded.late""";

    private static final String ADD_RECEIPT_TIME = """
            INSERT INTO receipt_time AS r (account_id, day, seconds, messages) VALUES (?, ?, ?, ?)
            ON CONFLICT (account_id, day, seconds) DO UPDATE SET messages = r.messages + excluded.messages""";

    /** Moves old batches into the history, for keys with enough messages to be judged by. Its places are the time and the least number of messages. */
    private static final String KEEP_OLD = """
            INSERT INTO outcome AS o (account_id, dimension, name, hour, messages, failed, spam_filter, opt_out, late)
            SELECT b.account_id, b.dimension, b.name, b.last_at / 3600000, sum(b.messages), sum(b.failed), sum(b.spam_filter),
                sum(b.opt_out), sum(b.late)
            FROM outcome_batch b
            WHERE b.last_at < ?
                AND (SELECT sum(a.messages) FROM outcome_batch a
                     WHERE a.account_id = b.account_id AND a.dimension = b.dimension AND a.name = b.name) >= ?
            GROUP BY b.account_id, b.dimension, b.name, b.last_at / 3600000
            ON CONFLICT (account_id, dimension, name, hour) DO UPDATE
            SET messages = o.messages + excluded.messages, failed = o.failed + excluded.failed,
                spam_filter = o.spam_filter + excluded.spam_filter, opt_out = o.opt_out + excluded.opt_out,
                late = o.late + excluded.late""";

    private static final String REMOVE_OLD = "DELETE FROM outcome_batch WHERE last_at < ?";
    private static final String REMOVE_HOURS = "DELETE FROM outcome WHERE hour < ?";
    private static final String REMOVE_RECEIPT_TIMES = "DELETE FROM receipt_time WHERE day < ?";

    private final Writer writer;
    private final Accounts accounts;

    OutcomeWriter(Writer writer, Accounts accounts) {
        this.writer = writer;
        this.accounts = accounts;
    }

    /** Keeps what counting messages came to. A power cut may lose it: they are counted again then. @return false if they were counted meanwhile */
    public boolean save(CountedOutcomes counted) throws StoreException {
        return writer.append("counting messages", session -> save(session, counted));
    }

    private boolean save(Session session, CountedOutcomes counted) throws SQLException {
        long account = accounts.number(session, counted.account());
        CountedOutcomes.What what = counted.what();
        if (counted.from() == 0) {
            session.update(BEGIN_COUNTED, account, what);
        }
        if (session.update(MOVE_COUNTED, counted.to(), account, what, counted.from()) == 0) {
            return false;
        }
        save(session, account, counted.changed());
        save(session, account, counted.left());
        for (Map.Entry<OutcomeKey, List<OutcomeSeries.Batch>> left :
                counted.left().entrySet()) {
            OutcomeKey key = left.getKey();
            for (OutcomeSeries.Batch batch : left.getValue()) {
                session.update(KEEP_BATCH, account, key.dimension(), key.name(), batch.number());
                session.update(REMOVE_BATCHES, account, key.dimension(), key.name(), batch.number());
            }
        }
        for (Map.Entry<Long, Map<Duration, Long>> day : counted.receiptTimes().entrySet()) {
            session.batch(ADD_RECEIPT_TIME, day.getValue().entrySet(), step ->
                    new Object[] {account, day.getKey(), step.getKey().toSeconds(), step.getValue()});
        }
        return true;
    }

    private static void save(Session session, long account, Map<OutcomeKey, List<OutcomeSeries.Batch>> batches)
            throws SQLException {
        for (Map.Entry<OutcomeKey, List<OutcomeSeries.Batch>> key : batches.entrySet()) {
            session.batch(SAVE_BATCH, key.getValue(), batch -> new Object[] {
                account,
                key.getKey().dimension(),
                key.getKey().name(),
                batch.number(),
                batch.firstAt(),
                batch.lastAt(),
                batch.counts().messages(),
                batch.counts().failed(),
                batch.counts().spamFilter(),
                batch.counts().optOut(),
                batch.counts().late()
            });
        }
    }

    /**
     * Puts outcomes that are no longer recent into the history.
     *
     * @param recent those of messages before then
     * @param enough of keys with so many messages; of others nothing is kept
     * @param history older outcomes are removed
     */
    public void tidy(Instant recent, long enough, Instant history) throws StoreException {
        writer.run("tidying outcomes", session -> {
            session.update(KEEP_OLD, recent, enough);
            session.update(REMOVE_OLD, recent);
            session.update(REMOVE_HOURS, OutcomeKey.hour(history));
            session.update(REMOVE_RECEIPT_TIMES, OutcomeKey.hour(history) / 24);
        });
    }
}
