package dev.sendstatus.store.jdbc;

import java.sql.SQLException;

/**
 * The work of one transaction. It may run more than once, and must change nothing but the database.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
public interface Work<T> {
    T run(Session session) throws SQLException;
}
