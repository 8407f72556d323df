package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.codec.Damaged;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is indexed up to an id; from there on everything, since nothing is known. */
record WithTail(long tail, Candidates indexed) implements Candidates {

    @Override
    public @Nullable Run atOrBelow(long id) throws SQLException, Damaged {
        return id >= tail ? new Run(tail, id) : indexed.atOrBelow(id);
    }
}
