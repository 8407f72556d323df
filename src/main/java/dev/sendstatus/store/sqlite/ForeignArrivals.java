package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks that another process has stored, or one that was killed, and that are not part of their messages yet: the table tells.
 * Whoever finds some does with them what that process would do next.
 */
record ForeignArrivals(SqliteFile file) implements Unsettled {
    private static final String SELECT_ANY = "SELECT 1 FROM arrival LIMIT 1";

    @Override
    public boolean any(Connection reader) throws SQLException {
        try (PreparedStatement select = reader.prepareStatement(SELECT_ANY);
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    @Override
    public @Nullable List<Incoming> held() {
        return null;
    }

    @Override
    public void settle() throws StoreException {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.settle();
        }
    }
}
