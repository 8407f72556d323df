package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Erasure.Erased;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Empties raw callbacks that mention a number: they are compressed, so each is read. */
final class CallbackErasure extends Erasure.Part {
    /** Reading so many takes some milliseconds. */
    private static final int READ = 1_000;

    private static final int FETCHED_AT_ONCE = 64;
    /** One node may commit callbacks later than another one that took higher numbers: a round begins so far back. */
    private static final int COMMITTED_LATE = 10_000;

    private static final byte[] EMPTY = {};

    private static final String SELECT_BOUNDS = "SELECT min(id), max(id) FROM callback";
    private static final String SELECT = "SELECT id, query, body FROM callback WHERE id > ? ORDER BY id LIMIT ?";
    private static final String SELECT_WAITING = "SELECT callback_id FROM inbox WHERE callback_id IN (%s)";
    private static final String UPDATE =
            "UPDATE callback SET query = NULL, body = ?, quarantine_reason = NULL WHERE id = ?";

    private final PhoneNumber number;

    private long farthest;
    private int waiting;
    private long lowestWaiting = Long.MAX_VALUE;

    CallbackErasure(PhoneNumber number) {
        this.number = number;
    }

    /** Of this round: callbacks that mention the number and are not applied yet. */
    int waiting() {
        return waiting;
    }

    @Override
    void begin(Session reader) throws SQLException {
        begin(reader, SELECT_BOUNDS, Math.max(0, Math.min(position - COMMITTED_LATE, lowestWaiting - 1)));
        waiting = 0;
        lowestWaiting = Long.MAX_VALUE;
    }

    @Override
    Erased step(Erasure erasure, int limit) throws StoreException {
        Looked looked = erasure.read(session -> look(session, limit));
        List<Long> waits =
                looked.found().isEmpty() ? List.of() : erasure.write(session -> empty(session, looked.found()));
        if (!waits.isEmpty()) {
            waiting += waits.size();
            lowestWaiting = Math.min(lowestWaiting, waits.get(0));
        }
        position = looked.position();
        farthest = Math.max(farthest, position);
        atEnd = looked.atEnd();
        return Erased.callbacks(looked.found().size() - waits.size(), looked.unreadable());
    }

    /** Some callbacks that were read. @param position the last of them */
    private record Looked(List<Long> found, int unreadable, long position, boolean atEnd) {}

    private Looked look(Session session, int limit) throws SQLException {
        List<Long> found = new ArrayList<>();
        int unreadable = 0;
        long at = position;
        int read = 0;
        PreparedStatement select = session.bound(SELECT, position, READ);
        select.setFetchSize(FETCHED_AT_ONCE);
        try (ResultSet rows = select.executeQuery()) {
            while (found.size() < limit && rows.next()) {
                at = rows.getLong(1);
                read++;
                Boolean mentioned = mentioned(rows.getString(2), rows.getBytes(3));
                if (mentioned == null) {
                    unreadable += at > farthest ? 1 : 0;
                } else if (mentioned) {
                    found.add(at);
                }
            }
        }
        return new Looked(found, unreadable, at, found.size() < limit && read < READ);
    }

    /** @return null if it is damaged */
    private @Nullable Boolean mentioned(@Nullable String query, byte @Nullable [] body) {
        try {
            return number.occursIn(new RawCallback("POST", query, null, Bodies.decompressed(body)));
        } catch (SQLException e) {
            return null;
        }
    }

    /** @return those that wait to be applied, and stay as they are; in their order */
    private static List<Long> empty(Session session, List<Long> callbacks) throws SQLException {
        Set<Long> waits = new HashSet<>();
        InList.select(session, SELECT_WAITING, callbacks, row -> waits.add(row.getLong(1)));
        List<Long> emptied =
                callbacks.stream().filter(callback -> !waits.contains(callback)).toList();
        session.batch(UPDATE, emptied, callback -> new Object[] {EMPTY, callback});
        return waits.stream().sorted().toList();
    }
}
