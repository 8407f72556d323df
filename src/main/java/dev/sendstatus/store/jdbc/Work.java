package dev.sendstatus.store.jdbc;

import java.sql.SQLException;

/**
 * What one transaction does. It may run more than once, and must change nothing but the database.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
public interface Work<T> {
    T run(Session session) throws SQLException;
}
