package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.SegmentCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Raw callbacks as they came: a segment leaves to the rows of the messages what these say as well, and here it is put back. Used by
 * one thread.
 */
final class WholeCallbacks {
    private final Statements statements;
    private final MessageDecoder decoder;

    WholeCallbacks(Statements statements, MessageDecoder decoder) {
        this.statements = statements;
        this.decoder = decoder;
    }

    Statements statements() {
        return statements;
    }

    /** A callback of a segment, whole; one whose message was removed is empty, as it will be removed itself within the hour. */
    SegmentCodec.Entry of(SegmentCodec.Entry entry) throws SQLException, Damaged {
        if (entry.isWhole()) {
            return entry;
        }
        PreparedStatement select = statements.prepared(MessageDecoder.SELECT_ONE);
        select.setLong(1, entry.message());
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return entry.emptied();
            }
            MessageKey key = decoder.key(statements.connection(), row.getBytes(1));
            for (RecordedEvent recorded : decoder.history(statements.connection(), key, row.getBytes(2))
                    .events()) {
                if (recorded.sequence() == entry.firstSequence()) {
                    return entry.whole(recorded.event());
                }
            }
        }
        throw new Damaged("message " + entry.message() + " has no event " + entry.firstSequence());
    }
}
