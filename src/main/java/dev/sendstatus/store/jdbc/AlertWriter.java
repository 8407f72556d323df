package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.PlainText;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.ApiRefusal;
import dev.sendstatus.store.Noted;
import dev.sendstatus.store.Notice;
import dev.sendstatus.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that are kept, and the figures that they note. A change of an alert says what the alert must be
 * before, so that of several nodes one succeeds. Each method is one synced transaction, unless it says otherwise. Any thread.
 */
public final class AlertWriter {
    private static final String INSERT = """
            INSERT INTO alert (id, rule, key, state, severity, since, value, usual, messages, parts, text, advice)
            VALUES (?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (rule, key) WHERE state <> 'resolved' DO NOTHING""";
    private static final String UPDATE = """
            UPDATE alert
            SET state = ?, severity = ?, fired_at = ?, resolved_at = ?, value = ?, usual = ?, messages = ?, parts = ?, text = ?,
                advice = ?, calm_since = ?, told_at = ?
            WHERE id = ? AND state = ? AND coalesce(told_at, 0) = ?""";
    private static final String DELETE_PENDING = "DELETE FROM alert WHERE id = ? AND state = 'pending'";
    private static final String SILENCE =
            "UPDATE alert SET silenced_until = ?, comment = ? WHERE id = ? AND state <> 'resolved'";
    private static final String REMOVE = "DELETE FROM alert WHERE state = 'resolved' AND resolved_at < ?";

    private static final String NOTE = """
            INSERT INTO noted (what, name, at, figure) VALUES (?, ?, ?, ?) ON CONFLICT (what, name, at) DO NOTHING""";
    private static final String FORGET_NOTED = "DELETE FROM noted WHERE what = ? AND at < ?";

    private static final String NOTE_API_REFUSED = """
            INSERT INTO api_refused (provider, account, since, answer) VALUES (?, ?, ?, ?)
            ON CONFLICT (provider, account) DO UPDATE SET answer = excluded.answer""";
    private static final String FORGET_API_REFUSED = "DELETE FROM api_refused WHERE provider = ? AND account = ?";

    private final Dialect dialect;
    private final Writer writer;

    AlertWriter(Dialect dialect, Writer writer) {
        this.dialect = dialect;
        this.writer = writer;
    }

    /** Keeps an alert that is new, as pending, with a number of its own. One of its rule and key that is open stays as it is. */
    public void add(Alert alert) throws StoreException {
        writer.run("keeping an alert", session -> {
            long id = dialect.numbers(session, Dialect.Numbered.ALERT, 1)[0];
            session.update(
                    INSERT,
                    id,
                    alert.rule(),
                    PlainText.of(alert.key()),
                    alert.severity(),
                    alert.since(),
                    text(alert.value()),
                    text(alert.usual()),
                    alert.messages(),
                    text(alert.parts()),
                    PlainText.of(alert.text()),
                    PlainText.of(alert.advice()));
        });
    }

    /**
     * Changes an alert, and keeps the notice of that change.
     *
     * @param read as it was read
     * @param notice null if nothing is told
     * @param channels by which it is told
     * @return false if it has another state by now, or was told meanwhile: then nothing is changed or told
     */
    public boolean change(Alert read, Alert changed, @Nullable Notice notice, Collection<String> channels)
            throws StoreException {
        return writer.write("changing an alert", session -> {
            boolean done = update(session, read, changed);
            if (done && notice != null) {
                NoticeWriter.insert(session, channels, notice);
            }
            return done;
        });
    }

    /** @return false if it is not in the state, or was not last told, as it was read: then nothing is changed */
    private static boolean update(Session session, Alert read, Alert changed) throws SQLException {
        return session.update(
                        UPDATE,
                        changed.state(),
                        changed.severity(),
                        changed.firedAt(),
                        changed.resolvedAt(),
                        text(changed.value()),
                        text(changed.usual()),
                        changed.messages(),
                        text(changed.parts()),
                        PlainText.of(changed.text()),
                        PlainText.of(changed.advice()),
                        changed.calmSince(),
                        changed.toldAt(),
                        read.id(),
                        read.state(),
                        Objects.requireNonNullElse(read.toldAt(), Instant.EPOCH))
                == 1;
    }

    private static @Nullable String text(@Nullable Double number) {
        return number == null ? null : number.toString();
    }

    private static String text(List<String> parts) {
        return PlainText.of(String.join("\n", parts));
    }

    /** Forgets an alert that never fired. */
    public void forgetPending(long id) throws StoreException {
        writer.run("forgetting an alert", session -> session.update(DELETE_PENDING, id));
    }

    /** Has nobody told of an alert until then. @return false if there is none, or it has ended */
    public boolean silence(long id, Instant until, @Nullable String comment) throws StoreException {
        return writer.write(
                "silencing an alert", session -> session.update(SILENCE, until, PlainText.orNull(comment), id) == 1);
    }

    /** Removes alerts that ended before then. */
    public void removeOld(Instant before) throws StoreException {
        writer.run("removing old alerts", session -> session.update(REMOVE, before));
    }

    /** Notes figures, and forgets those of that kind from before then. */
    public void note(Noted.What what, List<Noted> noted, Instant forgetBefore) throws StoreException {
        writer.append("noting figures", session -> {
            session.batch(NOTE, noted, one -> new Object[] {what, one.name(), one.at(), one.figure()});
            return session.update(FORGET_NOTED, what, forgetBefore);
        });
    }

    /** Keeps that an account's API credentials are refused; since when it was is kept. */
    public void noteApiRefused(ApiRefusal refusal) throws StoreException {
        AccountName account = refusal.account();
        writer.run(
                "keeping that credentials are refused",
                session -> session.update(
                        NOTE_API_REFUSED, account.provider(), account.name(), refusal.since(), refusal.answer()));
    }

    /** An account's API credentials are accepted. */
    public void forgetApiRefused(AccountName account) throws StoreException {
        writer.run(
                "keeping that credentials are accepted",
                session -> session.update(FORGET_API_REFUSED, account.provider(), account.name()));
    }
}
