package dev.sendstatus.store.postgres;

import dev.sendstatus.store.StoreException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Says once what a failure of PostgreSQL means: the world's fault, or ours. By the codes of its manual, appendix A. The server's
 * details, which quote values of rows, are switched off where connections are made.
 */
final class PostgresErrors {
    private PostgresErrors() {}

    static StoreException of(String doing, SQLException e) {
        String why = why(e);
        // A second line says where in the statement.
        String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (why == null) {
            return new StoreException.Broken(doing + ": " + said, e);
        }
        return new StoreException.Unavailable(doing + ": " + why + " (" + said + ")", e);
    }

    /** Whether the connection is of no use any more. */
    static boolean isOfTheConnection(SQLException e) {
        String state = state(e);
        return state.startsWith("08") || state.startsWith("57P0") || state.startsWith("25P0") || state.equals("25006");
    }

    /** Whether the same may succeed at once, since another transaction is done by now. */
    static boolean isConflict(SQLException e) {
        String state = state(e);
        return state.equals("40P01") || state.equals("40001");
    }

    /** The server's own words for a question's mistake, and where it is; null if something else is wrong. */
    static @Nullable String wrongSql(String sql, int before, SQLException e) {
        ServerErrorMessage said = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (said == null) {
            // The driver looks for these itself.
            return state(e).equals("42601") ? "syntax error: a quote or a comment is not closed" : null;
        }
        if (!isOfTheStatement(state(e))) {
            return null;
        }
        StringBuilder wrong = new StringBuilder(String.valueOf(said.getMessage()));
        int position = said.getPosition() - before;
        if (position > 0 && position <= sql.length()) {
            String upTo = sql.substring(0, position - 1);
            long line = upTo.chars().filter(c -> c == '\n').count() + 1;
            wrong.append(" (line ")
                    .append(line)
                    .append(", character ")
                    .append(position - 1 - upTo.lastIndexOf('\n'))
                    .append(')');
        }
        if (said.getHint() != null) {
            wrong.append(". ").append(said.getHint());
        }
        return wrong.toString();
    }

    /** All classes are but those that speak of the server and its connections. */
    private static boolean isOfTheStatement(String state) {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "", "08", "28", "3D", "40", "53", "57", "58", "XX" -> false;
            default -> true;
        };
    }

    private static @Nullable String why(SQLException e) {
        String state = state(e);
        String classOfState = state.length() == 5 ? state.substring(0, 2) : "";
        String byState =
                switch (state) {
                    case "53100" -> "the database's disk is full";
                    case "53300" -> "the database has too many connections";
                    case "25006" -> "the database takes no writes: it is a standby, or read-only";
                    case "55P03" -> "another node holds the same rows too long";
                    case "57014" -> "it took too long and was cancelled";
                    case "57P03" -> "the database is starting or stopping";
                    case "3D000" -> "there is no such database on the server";
                    case "42501" ->
                        "database.user has no right to do this: use the user who owns the database, or grant it the right";
                    case "42P01" ->
                        "there are no tables in this database yet: the first start of the server makes them";
                    default -> null;
                };
        if (byState != null) {
            return byState;
        }
        return switch (classOfState) {
            case "08", "57" -> "the database cannot be reached";
            case "28" -> "the database does not accept database.user with database.password";
            case "25" -> "the database has ended the transaction";
            case "40" -> "another node changed the same rows";
            case "53", "58" -> "the database's machine lacks something";
            default -> e instanceof SQLTransientException ? "no connection is free" : null;
        };
    }

    /** Of the pool's exceptions it is the cause that says why no connection could be had. */
    private static String state(SQLException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
