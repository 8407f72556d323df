package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.codec.Damaged;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where in the table of messages one condition may hold: never too few places, often too many. */
interface Candidates {

    /** Ids from {@code low} to {@code high}, both included. */
    record Run(long low, long high) {}

    /**
     * The highest run that ends at that id or before it; null if there is none. Nothing between its end and the id may match.
     *
     * @param id at most that of the call before
     */
    @Nullable
    Run atOrBelow(long id) throws SQLException, Damaged;
}
