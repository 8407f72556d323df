package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** Tells which program's tables a database holds, and their version. It is asked before anything is done with the database. */
public final class Schema {
    /** The newest migration under {@code db/sqlite} and {@code db/postgresql}; a test holds it against the folders. */
    public static final int NEWEST = 2;

    private static final String HISTORY = "flyway_schema_history";
    /** A table that hardly any other program has. */
    private static final String OWN = "inbox";
    /** Of Sendstatus before its tables were plain. */
    private static final Set<String> OF_BEFORE = Set.of(HISTORY, "word", "segment");

    private static final String SELECT_VERSION = """
            SELECT version FROM flyway_schema_history
            WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1""";

    private Schema() {}

    /**
     * Whether all tables are there as this version needs them.
     *
     * @param name of the database, for a person
     * @throws StoreException if they are another program's, or a newer version's
     */
    public static boolean isUpToDate(Connection connection, String name) throws SQLException, StoreException {
        return version(connection, name) == NEWEST;
    }

    /** Refuses also what a start of the server would have to make or bring up to date first. */
    public static void requireReadable(Connection connection, String name) throws SQLException, StoreException {
        int version = version(connection, name);
        if (version == 0) {
            throw new StoreException.Unavailable(
                    "there are no tables in " + name + " yet: the first start of the server makes them", null);
        }
        if (version < NEWEST) {
            throw new StoreException.Unavailable(
                    "the tables of " + name + " are of version " + version + ", and this Sendstatus needs version "
                            + NEWEST + ": start its server once, which brings them up to date",
                    null);
        }
    }

    /** @return 0 if there are none yet */
    private static int version(Connection connection, String name) throws SQLException, StoreException {
        Set<String> tables = new HashSet<>();
        try (ResultSet rows =
                connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        int version = tables.contains(HISTORY) ? newestIn(connection) : 0;
        if (tables.containsAll(OF_BEFORE)) {
            throw new StoreException.Unavailable(
                    name + " was made by a Sendstatus of before 2026-11-30, whose tables this one cannot read."
                            + " Name an empty database in database.url; docs/start-over.md says more",
                    null);
        }
        // A first start that was cut short leaves the history without anything in it.
        boolean none = version == 0 && (tables.isEmpty() || tables.equals(Set.of(HISTORY)));
        if (!none && (version == 0 || !tables.contains(OWN))) {
            throw new StoreException.Unavailable(
                    name + " is a database of another program: it has tables, and none of Sendstatus's."
                            + " Name an empty database in database.url",
                    null);
        }
        if (version > NEWEST) {
            throw new StoreException.Unavailable(
                    name + " is of a newer Sendstatus: its tables are of version " + version
                            + ", and this one knows version " + NEWEST
                            + ". Use the newer one, or put back a backup from before it",
                    null);
        }
        return version;
    }

    /** The name of another program's migration may be no number. */
    private static int newestIn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SELECT_VERSION)) {
            return row.next() ? Integer.parseInt(row.getString(1)) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
