package dev.sendstatus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SegmentDaysTest {
    private DatabaseSettings settings;
    private PostgresDatabase database;
    private PostgresStore store;
    private PostgresReads reads;
    private Instant today;

    @BeforeEach
    void open() throws SQLException, StoreException {
        // Not from the template, whose days may be those of yesterday by now.
        settings = PostgresServer.empty();
        database = PostgresDatabase.of(settings);
        store = PostgresStore.open(database);
        reads = PostgresReads.open(database);
        today = Instant.ofEpochMilli(
                number("SELECT (extract(epoch FROM date_trunc('day', now(), 'UTC')) * 1000)::bigint"));
    }

    @AfterEach
    void close() {
        reads.close();
        store.close();
    }

    private long number(String sql) throws SQLException {
        try (Connection plain = PostgresServer.connection(settings);
                Statement statement = plain.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection plain = PostgresServer.connection(settings);
                Statement statement = plain.createStatement()) {
            statement.execute(sql);
        }
    }

    private void callbackAt(Instant time) throws StoreException {
        store.commit(List.of(new Incoming(
                new AccountName(Histories.PROVIDER, "main"),
                Source.WEBHOOK,
                time,
                new RawCallback("POST", null, null, time.toString().getBytes(StandardCharsets.UTF_8)),
                List.of(),
                null)));
    }

    private static String table(Instant day) {
        return "segment_" + LocalDate.ofInstant(day, ZoneOffset.UTC).toString().replace("-", "");
    }

    @Test
    void aStartMakesTheComingDaysAndCallbacksGoIntoTheirs() throws Exception {
        callbackAt(today.plusSeconds(1));
        callbackAt(today.plus(Duration.ofDays(2)).minusMillis(1));
        callbackAt(today.plus(Duration.ofDays(400)));
        assertThat(number("SELECT count(*) FROM " + table(today))).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM " + table(today.plus(Duration.ofDays(1)))))
                .isEqualTo(1);
        assertThat(number("SELECT count(*) FROM segment_other")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM segment")).isEqualTo(3);
    }

    @Test
    void aDayThatWasMissingTakesOverWhatCameForIt() throws Exception {
        execute("DROP TABLE " + table(today) + ", " + table(today.plus(Duration.ofDays(1))));
        callbackAt(today.plusSeconds(1));
        assertThat(number("SELECT count(*) FROM segment_other")).isEqualTo(1);
        store.prepareDays();
        assertThat(number("SELECT count(*) FROM segment_other")).isZero();
        assertThat(number("SELECT count(*) FROM " + table(today))).isEqualTo(1);
        assertThat(reads.segment(0, today)).isPresent();
    }

    @Test
    void aServerThatRunsForLongMakesItsDaysByItself() throws Exception {
        Instant inTwoDays = today.plus(Duration.ofDays(2));
        execute("DROP TABLE " + table(inTwoDays));
        assertThat(store.indexNext()).isFalse();
        assertThat(number("SELECT count(*) FROM " + table(inTwoDays))).isZero();
    }

    @Test
    void oldDaysAreDroppedWholeAndTheOthersStay() throws Exception {
        callbackAt(today.plusSeconds(1));
        callbackAt(today.plus(Duration.ofDays(1)));
        assertThat(store.dropDays(today.plus(Duration.ofDays(1)))).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM segment")).isEqualTo(1);
        assertThat(store.dropDays(today.plus(Duration.ofDays(1)))).isZero();
    }
}
