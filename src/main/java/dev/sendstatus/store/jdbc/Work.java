package dev.sendstatus.store.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction does. It may run more than once, and must change nothing but the database.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
public interface Work<T extends @Nullable Object> {
    T run(Session session) throws SQLException;
}
