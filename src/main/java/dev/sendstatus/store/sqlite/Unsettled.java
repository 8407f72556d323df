package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The callbacks that are not part of their messages yet, for those who read or remove. */
interface Unsettled {
    /** Whether there are any. @param reader a connection to read by */
    boolean any(Connection reader) throws SQLException;

    /** All, in order of arrival; null if only the table tells. */
    @Nullable
    List<Incoming> held();

    /** Makes them part of their messages. */
    void settle() throws StoreException;
}
