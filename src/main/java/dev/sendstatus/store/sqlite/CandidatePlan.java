package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.SendStatus;
import dev.sendstatus.store.CodeGroup;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.Milliseconds;
import dev.sendstatus.store.merge.Facet;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the conditions of a filter may hold. A condition that holds nearly everywhere has no place in it: the messages are then
 * found by going through them.
 */
final class CandidatePlan {
    static final String SELECT_FACET =
            "SELECT block FROM facet WHERE value = ? AND block <= ? ORDER BY block DESC LIMIT ?";
    static final String SELECT_SPAN = """
            SELECT block FROM span WHERE block <= ? AND earliest < ? AND latest >= ?
            ORDER BY block DESC LIMIT ?""";
    static final String SELECT_LATE = "SELECT id FROM late_posting WHERE hash = ? AND id <= ? ORDER BY id DESC LIMIT ?";
    // The newest are chosen by a sort, which keeps no more than it returns: the index is in the order of the waiting.
    static final String SELECT_OPEN = """
            SELECT id FROM message INDEXED BY message_open
            WHERE account = ? AND waiting_since IS NOT NULL AND id <= ? ORDER BY id DESC LIMIT ?""";
    static final String SELECT_STUCK = """
            SELECT m.id FROM (SELECT message FROM stuck WHERE ended_at IS NULL LIMIT ?) s
            CROSS JOIN message m ON m.id = s.message""";
    private static final String SELECT_ACCOUNTS = "SELECT id, provider, name FROM account";

    private static final int SOME_BLOCKS = 64;
    private static final int SOME_OPEN = 4_096;
    private static final int MOST_OPEN = 262_144;
    /** Each costs a look for its message: beyond that many it is quicker to go through the open messages. */
    private static final int MOST_STUCK = 5_000;

    private final Statements statements;

    CandidatePlan(Statements statements) {
        this.statements = statements;
    }

    /** All of which must be so; those that rule out most come first. */
    List<Candidates> of(MessageFilter filter) throws SQLException {
        List<Candidates> all = new ArrayList<>();
        if (filter.to() != null) {
            all.add(posted(Facet.TO.value(filter.to().address())));
        }
        if (filter.reference() != null) {
            all.add(posted(Facet.REFERENCE.value(filter.reference())));
        }
        if (filter.from() != null) {
            String address = filter.from().address();
            all.add(new AnyOf(
                    List.of(facet(Facet.SENDER.ofAddress(address)), posted(Facet.INBOUND_FROM.ofAddress(address)))));
        }
        addStuck(filter, all);
        addStatus(filter, all);
        addCodes(filter, all);
        addFacet(Facet.CAMPAIGN, filter.campaign(), all);
        addFacet(Facet.TAG, filter.tag(), all);
        addFacet(Facet.LINK_DOMAIN, filter.linkDomain(), all);
        addFacet(Facet.ACCOUNT, filter.account(), all);
        addFacet(
                Facet.PROVIDER,
                filter.provider() == null ? null : filter.provider().word(),
                all);
        if (filter.since() != null || filter.until() != null) {
            all.add(between(filter.since(), filter.until()));
        }
        return all;
    }

    private void addFacet(Facet facet, @Nullable String text, List<Candidates> all) {
        if (text != null) {
            all.add(facet(facet.value(text)));
        }
    }

    private void addStatus(MessageFilter filter, List<Candidates> all) throws SQLException {
        if (Boolean.TRUE.equals(filter.unconfirmed())) {
            all.add(facet(Facet.UNCONFIRMED.value()));
        }
        if (Boolean.TRUE.equals(filter.conflict())) {
            all.add(facet(Facet.CONFLICT.value()));
        }
        if (filter.status() == null || filter.status() == SendStatus.DELIVERED) {
            return;
        }
        List<Candidates> either = new ArrayList<>();
        if (filter.status() == SendStatus.ERROR) {
            either.add(facet(Facet.STATUS_ERROR.value()));
        } else {
            either.addAll(open(filter));
            either.add(facet(Facet.INBOUND_SENT.value()));
        }
        if (filter.status() == filter.unconfirmedStatus()) {
            either.add(facet(Facet.UNCONFIRMED.value()));
        }
        all.add(new AnyOf(either));
    }

    private void addCodes(MessageFilter filter, List<Candidates> all) {
        if (filter.errorCode() != null) {
            all.add(facet(Facet.ERROR_CODE.value(filter.errorCode())));
        }
        CodeGroup category = filter.category();
        if (category != null && category.texts().isEmpty()) {
            all.add(facet(Facet.ANY_ERROR_CODE.value()));
        } else if (category != null) {
            all.add(new AnyOf(category.texts().stream()
                    .map(code -> facet(Facet.ERROR_CODE.value(code)))
                    .toList()));
        }
    }

    private void addStuck(MessageFilter filter, List<Candidates> all) throws SQLException {
        if (filter.stuck() == null || !filter.stuck().wanted()) {
            return;
        }
        long[] ids = new long[MOST_STUCK + 1];
        int count = 0;
        PreparedStatement select = statements.prepared(SELECT_STUCK);
        select.setInt(1, ids.length);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                ids[count++] = rows.getLong(1);
            }
        }
        all.add(count < ids.length ? new SortedIds(ids, count) : new AnyOf(open(filter)));
    }

    private Candidates facet(long value) {
        return new Blocks(IndexWriter.BLOCK_SHIFT, SOME_BLOCKS, SOME_BLOCKS, (block, into) -> {
            PreparedStatement select = statements.prepared(SELECT_FACET);
            select.setLong(1, value);
            select.setLong(2, block);
            select.setInt(3, into.length);
            return read(select, into);
        });
    }

    private Candidates posted(long hash) throws SQLException {
        Candidates late = new Blocks(0, SOME_BLOCKS, SOME_BLOCKS, (id, into) -> {
            PreparedStatement select = statements.prepared(SELECT_LATE);
            select.setLong(1, hash);
            select.setLong(2, id);
            select.setInt(3, into.length);
            return read(select, into);
        });
        return new AnyOf(List.of(new WithTail(tail(), new PostedIds(statements, hash)), late));
    }

    private Candidates between(@Nullable Instant since, @Nullable Instant until) throws SQLException {
        return new WithTail(tail(), new Blocks(IndexWriter.BLOCK_SHIFT, SOME_BLOCKS, SOME_BLOCKS, (block, into) -> {
            PreparedStatement select = statements.prepared(SELECT_SPAN);
            select.setLong(1, block);
            select.setLong(2, until == null ? Long.MAX_VALUE : Milliseconds.atOrAfter(until));
            select.setLong(3, since == null ? Long.MIN_VALUE : since.toEpochMilli());
            select.setInt(4, into.length);
            return read(select, into);
        }));
    }

    /** From where on nothing is known but the messages themselves. */
    private long tail() throws SQLException {
        try (ResultSet row = statements.prepared(PostingIndexer.SELECT_PROGRESS).executeQuery()) {
            row.next();
            return row.getLong(1) << PostingIndexer.SHIFT;
        }
    }

    private List<Candidates> open(MessageFilter filter) throws SQLException {
        List<Candidates> open = new ArrayList<>();
        try (ResultSet rows = statements.prepared(SELECT_ACCOUNTS).executeQuery()) {
            while (rows.next()) {
                boolean other =
                        filter.provider() != null && !filter.provider().word().equals(rows.getString(2))
                                || filter.account() != null && !filter.account().equals(rows.getString(3));
                if (!other) {
                    int account = rows.getInt(1);
                    open.add(new Blocks(0, SOME_OPEN, MOST_OPEN, (id, into) -> {
                        PreparedStatement select = statements.prepared(SELECT_OPEN);
                        select.setInt(1, account);
                        select.setLong(2, id);
                        select.setInt(3, into.length);
                        return read(select, into);
                    }));
                }
            }
        }
        return open;
    }

    private static int read(PreparedStatement select, long[] into) throws SQLException {
        int count = 0;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                into[count++] = rows.getLong(1);
            }
        }
        return count;
    }
}
