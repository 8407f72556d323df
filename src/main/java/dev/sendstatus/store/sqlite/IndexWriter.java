package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.store.merge.Facet;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what lists are found by true to the messages, within the transaction that writes them. Entries are added and never removed:
 * one that no longer holds costs a look at its block, a missing one would hide a message.
 */
final class IndexWriter {
    private static final String INSERT_FACET = "INSERT OR IGNORE INTO facet (value, block) VALUES (?, ?)";
    private static final String INSERT_LATE = "INSERT OR IGNORE INTO late_posting (hash, id) VALUES (?, ?)";
    static final String WIDEN_SPAN = """
            INSERT INTO span (block, earliest, latest) VALUES (?, ?, ?)
            ON CONFLICT (block) DO UPDATE
                SET earliest = min(earliest, excluded.earliest), latest = max(latest, excluded.latest)""";

    /** Two to this many ids share an entry of facet or span. */
    static final int BLOCK_SHIFT = 10;

    private static final String REPLACE_CHANGE = "REPLACE INTO late_change (block, id, sequence) VALUES (?, ?, ?)";

    private final RecentFacets recent = new RecentFacets();
    private long first;
    private long summedBlock;

    /**
     * A transaction begins.
     *
     * @param firstSequence its first sequence
     * @param firstNotSummed the first large block of which no summary is made or being made
     */
    void begin(long firstSequence, long firstNotSummed) {
        this.first = firstSequence;
        this.summedBlock = firstNotSummed;
    }

    /** Forgets what may not have been committed. */
    void forget() {
        recent.clear();
    }

    /**
     * A message has a state.
     *
     * @param before the state that it had in the database; null for a new message
     */
    void write(WriteConnection connection, long id, @Nullable MessageState before, MessageState after)
            throws SQLException {
        long block = id >> BLOCK_SHIFT;
        if (before == null) {
            add(
                    connection,
                    block,
                    Facet.PROVIDER.value(after.message().provider().word()));
        }
        if (before == null || !before.account().equals(after.account())) {
            add(connection, block, Facet.ACCOUNT.value(after.account().name()));
        }
        if (after.from() != null && after.direction() == Direction.OUTBOUND && senderChanged(before, after)) {
            add(connection, block, Facet.SENDER.ofAddress(after.from()));
        }
        writeOutcome(connection, block, after);
        Registration registration = after.registration();
        if (registration != null && (before == null || !registration.equals(before.registration()))) {
            writeRegistration(connection, block, registration);
        }
        if (before != null && id >> PostingIndexer.SHIFT < first >> PostingIndexer.SHIFT) {
            writeLate(connection, id, before, after);
            if (id >> PostingIndexer.SHIFT < summedBlock) {
                writeChange(connection, id);
            }
        }
    }

    private void writeChange(WriteConnection connection, long id) throws SQLException {
        PreparedStatement replace = connection.prepared(REPLACE_CHANGE);
        replace.setLong(1, id >> PostingIndexer.SHIFT);
        replace.setLong(2, id);
        replace.setLong(3, first);
        replace.executeUpdate();
    }

    private static boolean senderChanged(@Nullable MessageState before, MessageState after) {
        return before == null
                || before.direction() != after.direction()
                || !Objects.equals(before.from(), after.from());
    }

    private void writeOutcome(WriteConnection connection, long block, MessageState state) throws SQLException {
        SendStatus status = state.status();
        if (status == SendStatus.ERROR) {
            add(connection, block, Facet.STATUS_ERROR.value());
        } else if (status == SendStatus.SENT && state.direction() == Direction.INBOUND) {
            add(connection, block, Facet.INBOUND_SENT.value());
        }
        if (state.unconfirmed()) {
            add(connection, block, Facet.UNCONFIRMED.value());
        }
        for (RecipientState recipient : state.recipients()) {
            if (recipient.conflict()) {
                add(connection, block, Facet.CONFLICT.value());
            }
            if (recipient.errorCode() != null) {
                add(connection, block, Facet.ANY_ERROR_CODE.value());
                add(connection, block, Facet.ERROR_CODE.value(recipient.errorCode()));
            }
        }
    }

    private void writeRegistration(WriteConnection connection, long block, Registration registration)
            throws SQLException {
        if (registration.campaign() != null) {
            add(connection, block, Facet.CAMPAIGN.value(registration.campaign()));
        }
        for (String tag : registration.tags()) {
            add(connection, block, Facet.TAG.value(tag));
        }
        for (String domain : registration.linkDomains()) {
            add(connection, block, Facet.LINK_DOMAIN.value(domain));
        }
    }

    private void add(WriteConnection connection, long block, long value) throws SQLException {
        if (!recent.add(value, block)) {
            PreparedStatement insert = connection.prepared(INSERT_FACET);
            insert.setLong(1, value);
            insert.setLong(2, block);
            insert.executeUpdate();
        }
    }

    /** What is new of a message that {@link PostingIndexer} has read already, or may be reading now. */
    private static void writeLate(WriteConnection connection, long id, MessageState before, MessageState after)
            throws SQLException {
        if (!before.firstEventAt().equals(after.firstEventAt())) {
            PreparedStatement widen = connection.prepared(WIDEN_SPAN);
            Instant at = after.firstEventAt();
            widen.setLong(1, id >> BLOCK_SHIFT);
            widen.setLong(2, at.toEpochMilli());
            widen.setLong(3, at.toEpochMilli());
            widen.executeUpdate();
        }
        for (RecipientState recipient : after.recipients()) {
            Recipient to = recipient.to();
            if (to != null && !names(before, to)) {
                insertLate(connection, Facet.TO.value(to.address()), id);
            }
        }
        if (after.from() != null && after.direction() == Direction.INBOUND && senderChanged(before, after)) {
            insertLate(connection, Facet.INBOUND_FROM.ofAddress(after.from()), id);
        }
        String reference = reference(after);
        if (reference != null && !reference.equals(reference(before))) {
            insertLate(connection, Facet.REFERENCE.value(reference), id);
        }
    }

    private static boolean names(MessageState state, Recipient to) {
        for (RecipientState recipient : state.recipients()) {
            if (to.equals(recipient.to())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String reference(MessageState state) {
        return state.registration() == null ? null : state.registration().reference();
    }

    private static void insertLate(WriteConnection connection, long hash, long id) throws SQLException {
        PreparedStatement insert = connection.prepared(INSERT_LATE);
        insert.setLong(1, hash);
        insert.setLong(2, id);
        insert.executeUpdate();
    }
}
