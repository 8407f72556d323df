package dev.sendstatus.bench;

import dev.sendstatus.alert.AlertSettings;
import dev.sendstatus.alert.Alerts;
import dev.sendstatus.app.Database;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Dialect;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How long a look for alerts takes on a full database: first until all that has settled is counted, then minute by minute. */
final class AlertLooks {
    private static final int MINUTES = 25;
    private static final Duration BEFORE_THE_END = Duration.ofMinutes(MINUTES);
    private static final String SELECT_COUNTED = "SELECT coalesce(sum(message_id), 0) FROM counted";

    private final DatabaseSettings database;
    private final Figures figures;
    private Instant now = Instant.EPOCH;

    AlertLooks(DatabaseSettings database, Figures figures) {
        this.database = database;
        this.figures = figures;
    }

    void measure() throws StoreException, SQLException {
        Dialect dialect = Database.of(database).dialect();
        try (Store store = Store.open(dialect);
                Reads reads = Reads.open(Database.of(database).dialect())) {
            now = Instant.ofEpochMilli(number("SELECT max(first_event_at) FROM message"))
                    .minus(BEFORE_THE_END);
            Alerts alerts = new Alerts(
                    store,
                    reads,
                    new AlertSettings(Set.of(), Duration.ofDays(1), null),
                    new Alerts.Watched(reads.accounts(), Set.of(), Optional::empty),
                    Catalogue.of(List.of()),
                    severity -> List.of(),
                    () -> now);
            long begun = System.nanoTime();
            for (long before = -1; before != number(SELECT_COUNTED); ) {
                before = number(SELECT_COUNTED);
                alerts.look();
            }
            double catchingUp = (System.nanoTime() - begun) / 1e9;
            List<Double> looks = new ArrayList<>();
            for (int minute = 0; minute < MINUTES; minute++) {
                now = now.plus(Duration.ofMinutes(1));
                long start = System.nanoTime();
                alerts.look();
                looks.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start) / 1e3);
            }
            double most = looks.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
            long messages = number("SELECT count(*) FROM message");
            System.out.printf(
                    "%n== Alerts: %,d messages counted in %.1f s; a look after that took %.0f ms, median of %d minutes, and at most"
                            + " %.0f ms%n",
                    messages, catchingUp, Figures.median(looks), MINUTES, most);
            figures.put("alerts_catching_up_s", catchingUp, 1);
            figures.put("alerts_look_ms", Figures.median(looks), 1);
            figures.put("alerts_look_most_ms", most, 1);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), "any");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
