package dev.sendstatus.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A connection's statements, each prepared once. */
interface Prepared {
    PreparedStatement prepared(String sql) throws SQLException;
}
