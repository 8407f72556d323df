package dev.sendstatus.cli;

import dev.sendstatus.store.DatabaseSettings;
import java.io.PrintWriter;

/** For commands that PostgreSQL has its own tools for. */
final class SqliteOnly {
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private SqliteOnly() {}

    /** @return whether the database is another one; then what to use instead was said */
    static boolean refuses(DatabaseSettings database, String instead, PrintWriter err) {
        boolean other = database.url().startsWith(POSTGRESQL);
        if (other) {
            err.println("The database is PostgreSQL, which has its own tools for this: use " + instead + ".");
        }
        return other;
    }
}
