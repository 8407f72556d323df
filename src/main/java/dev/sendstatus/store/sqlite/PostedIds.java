package dev.sendstatus.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The messages of one hash in {@code posting}: a row for each large block, until one has some. */
final class PostedIds implements Candidates {
    static final String SELECT = "SELECT entries FROM posting WHERE place = ?";

    static final String SELECT_LAST_BEFORE = "SELECT max(place) FROM posting WHERE place < ?";

    private final Statements statements;
    private final long hash;
    private long[] ids = new long[0];
    /** How many of the ids are not passed yet: the last is the next. */
    private int left;

    private long nextBlock = Long.MAX_VALUE;

    PostedIds(Statements statements, long hash) {
        this.statements = statements;
        this.hash = hash;
    }

    @Override
    public @Nullable Run atOrBelow(long id) throws SQLException {
        while (true) {
            while (left > 0 && ids[left - 1] > id) {
                left--;
            }
            if (left > 0) {
                return new Run(ids[left - 1], ids[left - 1]);
            }
            long block = Math.min(nextBlock, id >> PostingIndexer.SHIFT);
            if (block < 0) {
                return null;
            }
            nextBlock = read(block) ? block - 1 : lastBefore(block);
        }
    }

    /** @return whether the block has any message in that row */
    private boolean read(long block) throws SQLException {
        PreparedStatement select = statements.prepared(SELECT);
        select.setLong(1, Postings.place(block, Postings.bucket(hash)));
        try (ResultSet row = select.executeQuery()) {
            boolean found = row.next();
            ids = found ? Postings.ids(row.getBytes(1), hash, block) : new long[0];
            left = ids.length;
            return found;
        }
    }

    /** In a database that was copied from PostgreSQL there are millions of blocks without a message: not to be asked for one by one. */
    private long lastBefore(long block) throws SQLException {
        PreparedStatement select = statements.prepared(SELECT_LAST_BEFORE);
        select.setLong(1, Postings.place(block, 0));
        try (ResultSet row = select.executeQuery()) {
            long place = row.next() ? row.getLong(1) : 0;
            return row.wasNull() ? -1 : Postings.block(place);
        }
    }
}
