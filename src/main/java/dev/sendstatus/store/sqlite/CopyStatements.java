package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.copy.CopiedTable;

/** The statements by which whole tables are copied. Their columns are in the order of {@link CopiedTable#columns}. */
final class CopyStatements {
    // Its row is there by then, with the number that stands for it.
    private static final String UPDATE_ACCOUNT = "UPDATE account SET last_callback_at = ?2 WHERE id = ?1";
    private static final String INSERT_SEGMENT =
            "REPLACE INTO segment (first_sequence, next_sequence, received_at, body) VALUES (?, ?, ?, ?)";
    private static final String INSERT_QUARANTINE =
            "INSERT INTO quarantine (sequence, account, received_at, reason) VALUES (?, ?, ?, ?)";
    private static final String INSERT_STUCK = """
            INSERT INTO stuck
                (key, message, account, sender, waiting_since, due_at, flagged_at, reason, ending, ended_at)
            VALUES (?1, ?10, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)""";
    private static final String INSERT_REFUSED =
            "INSERT INTO refused (account, reason, count, last_at, hint) VALUES (?, ?, ?, ?, ?)";
    private static final String INSERT_REPORT = "INSERT INTO report (date, made_at, document) VALUES (?, ?, ?)";
    private static final String INSERT_ERROR_SEEN =
            "INSERT INTO error_seen (provider, code, count, last_at) VALUES (?, ?, ?, ?)";
    private static final String INSERT_TOKEN =
            "INSERT INTO token (name, hash, scope, created_at, last_used_at) VALUES (?, ?, ?, ?, ?)";
    private static final String INSERT_LOOKUP = "INSERT INTO lookup (key, asked_at, again) VALUES (?, ?, ?)";
    private static final String INSERT_TRAFFIC = "INSERT INTO traffic (account, hour, callbacks) VALUES (?, ?, ?)";

    static final String SELECT_SEGMENTS_AFTER = """
            SELECT first_sequence, next_sequence, received_at, body FROM segment
            WHERE first_sequence > ? ORDER BY first_sequence""";

    private CopyStatements() {}

    static String select(CopiedTable table) {
        return switch (table) {
            case ACCOUNT -> "SELECT id, last_callback_at FROM account";
            case SEGMENT -> "SELECT first_sequence, next_sequence, received_at, body FROM segment";
            case QUARANTINE -> "SELECT sequence, account, received_at, reason FROM quarantine";
            case STUCK ->
                "SELECT key, account, sender, waiting_since, due_at, flagged_at, reason, ending, ended_at FROM stuck";
            case REFUSED -> "SELECT account, reason, count, last_at, hint FROM refused";
            case REPORT -> "SELECT date, made_at, document FROM report";
            case ERROR_SEEN -> "SELECT provider, code, count, last_at FROM error_seen";
            case TOKEN -> "SELECT name, hash, scope, created_at, last_used_at FROM token";
            case LOOKUP -> "SELECT key, asked_at, again FROM lookup";
            case TRAFFIC -> "SELECT account, hour, callbacks FROM traffic";
        };
    }

    static String insert(CopiedTable table) {
        return switch (table) {
            case ACCOUNT -> UPDATE_ACCOUNT;
            case SEGMENT -> INSERT_SEGMENT;
            case QUARANTINE -> INSERT_QUARANTINE;
            case STUCK -> INSERT_STUCK;
            case REFUSED -> INSERT_REFUSED;
            case REPORT -> INSERT_REPORT;
            case ERROR_SEEN -> INSERT_ERROR_SEEN;
            case TOKEN -> INSERT_TOKEN;
            case LOOKUP -> INSERT_LOOKUP;
            case TRAFFIC -> INSERT_TRAFFIC;
        };
    }

    /** Of accounts nothing is removed: rows of messages have their numbers. */
    static String delete(CopiedTable table) {
        return switch (table) {
            case ACCOUNT -> "UPDATE account SET last_callback_at = NULL";
            case SEGMENT -> "DELETE FROM segment";
            case QUARANTINE -> "DELETE FROM quarantine";
            case STUCK -> "DELETE FROM stuck";
            case REFUSED -> "DELETE FROM refused";
            case REPORT -> "DELETE FROM report";
            case ERROR_SEEN -> "DELETE FROM error_seen";
            case TOKEN -> "DELETE FROM token";
            case LOOKUP -> "DELETE FROM lookup";
            case TRAFFIC -> "DELETE FROM traffic";
        };
    }
}
