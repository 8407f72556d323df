package dev.sendstatus.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The days of raw callbacks, in UTC: each a partition of the table {@code segment}, made before it begins, so that retention drops a day
 * in a moment and gives its disk back.
 */
final class SegmentDays {
    private static final String PREFIX = "segment_";
    private static final DateTimeFormatter NAME = DateTimeFormatter.BASIC_ISO_DATE;
    // One node at a time: two would make the same table.
    private static final String LOCK = "SELECT pg_advisory_xact_lock(7250114302351099)";
    private static final String TODAY = "SELECT (now() AT TIME ZONE 'UTC')::date::text";
    private static final String SELECT_COMING =
            "SELECT to_regclass('segment_' || to_char(now() AT TIME ZONE 'UTC' + interval '2 days', 'YYYYMMDD')) IS NOT NULL";
    private static final String SELECT_DAYS = """
            SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'segment'::regclass AND c.relname ~ '^segment_[0-9]{8}$' ORDER BY c.relname""";

    private SegmentDays() {}

    /** Whether the days up to the one after tomorrow are made. */
    static boolean areComing(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SELECT_COMING)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Makes today, by the database's clock, and so many days after it, where they are missing. @return how many were made */
    static int prepare(Connection connection, int ahead) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
            LocalDate today;
            try (ResultSet row = statement.executeQuery(TODAY)) {
                row.next();
                today = LocalDate.parse(row.getString(1));
            }
            List<LocalDate> there = days(connection);
            int made = 0;
            for (int i = 0; i <= ahead; i++) {
                LocalDate day = today.plusDays(i);
                if (!there.contains(day)) {
                    make(statement, day);
                    made++;
                }
            }
            return made;
        }
    }

    /** Makes the days of these times where they are missing: for raw callbacks that come from another database. */
    static void make(Connection connection, Collection<Instant> times) throws SQLException {
        Set<LocalDate> missing = new TreeSet<>();
        times.forEach(time -> missing.add(LocalDate.ofInstant(time, ZoneOffset.UTC)));
        missing.removeAll(days(connection));
        if (!missing.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(LOCK);
                for (LocalDate day : missing) {
                    make(statement, day);
                }
            }
        }
    }

    /** The days that there are, the oldest first. */
    static List<LocalDate> days(Connection connection) throws SQLException {
        List<LocalDate> days = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_DAYS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                days.add(LocalDate.parse(rows.getString(1).substring(PREFIX.length()), NAME));
            }
        }
        return days;
    }

    /**
     * A name and bounds cannot be parameters; these are a date's digits and two numbers. Attached, not made as a partition: that would hold
     * up every insert. What came for that day while it was missing is taken over first.
     */
    private static void make(Statement statement, LocalDate day) throws SQLException {
        String name = PREFIX + day.format(NAME);
        long from = millis(day);
        long to = millis(day.plusDays(1));
        statement.execute(
                "CREATE TABLE " + name
                        + " (LIKE segment INCLUDING DEFAULTS INCLUDING INDEXES INCLUDING STORAGE) WITH (toast_tuple_target = 8160)");
        statement.execute("WITH late AS (DELETE FROM segment_other WHERE received_at >= " + from + " AND received_at < "
                + to + " RETURNING *) INSERT INTO " + name + " SELECT * FROM late");
        statement.execute(
                "ALTER TABLE segment ATTACH PARTITION " + name + " FOR VALUES FROM (" + from + ") TO (" + to + ")");
    }

    /** Drops the days that ended before then. @return how many numbers their callbacks had */
    static long drop(Connection connection, Instant before) throws SQLException {
        long dropped = 0;
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
            for (LocalDate day : days(connection)) {
                if (millis(day.plusDays(1)) <= before.toEpochMilli()) {
                    String name = PREFIX + day.format(NAME);
                    try (ResultSet row = statement.executeQuery(
                            "SELECT coalesce(sum(next_sequence - first_sequence), 0) FROM " + name)) {
                        row.next();
                        dropped += row.getLong(1);
                    }
                    statement.execute("DROP TABLE " + name);
                }
            }
        }
        return dropped;
    }

    private static long millis(LocalDate day) {
        return Duration.between(Instant.EPOCH, day.atStartOfDay(ZoneOffset.UTC).toInstant())
                .toMillis();
    }
}
