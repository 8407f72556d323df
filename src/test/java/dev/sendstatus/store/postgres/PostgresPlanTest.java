package dev.sendstatus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.SendStatus;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.MessageFilter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How PostgreSQL says that it runs lists and look-ups over many messages: never through the whole table. */
class PostgresPlanTest {
    private static final int MESSAGES = 60_000;
    /** Rows without meaning: only their number and their values count for a plan. One in 10,000 has the recipient. */
    private static final String FILL = """
            INSERT INTO message (id, key, first_event_at, facets, history)
            SELECT n, int8send(n), 1000 * n, ARRAY[%d, %d, hashint8(n)::bigint, CASE WHEN n %% 10000 = 0 THEN %d ELSE n END],
                decode(repeat('ab', 100), 'hex')
            FROM generate_series(1, %d) AS n""";

    private static DatabaseSettings settings;
    private static PostgresDatabase database;

    @BeforeAll
    static void fill() throws SQLException {
        settings = PostgresServer.fresh();
        database = PostgresDatabase.of(settings);
        List<Long> usual = Conditions.of(
                        new MessageFilter.Builder().account("main").build())
                .all();
        List<Long> rare = Conditions.of(
                        new MessageFilter.Builder().to("+12025550143").build())
                .all();
        try (Connection plain = PostgresServer.connection(settings);
                Statement statement = plain.createStatement()) {
            statement.execute(FILL.formatted(usual.get(0), 1, rare.get(0), MESSAGES));
            statement.execute("INSERT INTO waiting SELECT id, 1, first_event_at FROM message WHERE id % 50 = 0");
            statement.execute("VACUUM ANALYZE");
        }
    }

    /** A statement for the filter. */
    private interface Candidates {
        PreparedStatement of(Connection connection, Conditions conditions) throws SQLException;
    }

    private static String newest(MessageFilter filter, long before, long lowest) throws SQLException {
        return plan(
                filter, (connection, conditions) -> MessageLists.newest(connection, conditions, before, lowest, 51));
    }

    private static String rare(MessageFilter filter) throws SQLException {
        return plan(filter, (connection, conditions) -> MessageLists.rare(connection, conditions, MESSAGES, 51));
    }

    private static String plan(MessageFilter filter, Candidates candidates) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = database.scanner();
                PreparedStatement select = candidates.of(explaining(connection), Conditions.of(filter));
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    /** The connection, with EXPLAIN before each statement: so the statements and their values are those that lists use. */
    private static Connection explaining(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        return connection.prepareStatement("EXPLAIN " + arguments[0]);
                    }
                    return method.invoke(connection, arguments);
                });
    }

    @Test
    void aRareValueIsFoundByTheIndexOfFacets() throws SQLException {
        assertThat(rare(new MessageFilter.Builder().to("+12025550143").build()))
                .contains("message_facets")
                .doesNotContain("Seq Scan on message");
    }

    @Test
    void aRareValueIsLookedForAmongTheNewestOnlyAsFarAsTheWindowGoes() throws SQLException {
        assertThat(newest(new MessageFilter.Builder().to("+12025550143").build(), MESSAGES, 59_000))
                .contains("id >= '59000'")
                .doesNotContain("Seq Scan on message");
    }

    @Test
    void aUsualValueIsFoundByGoingDownTheNewest() throws SQLException {
        assertThat(newest(new MessageFilter.Builder().account("main").build(), MESSAGES, 40_000))
                .contains("Index Scan Backward using message_pkey")
                .doesNotContain("Seq Scan on message");
    }

    @Test
    void everythingIsFoundByGoingDownTheNewestFromWhereAPageEnded() throws SQLException {
        assertThat(newest(MessageFilter.ALL, 30_000, Long.MIN_VALUE))
                .contains("Index Scan Backward using message_pkey")
                .contains("id < ")
                .doesNotContain("Seq Scan on message");
    }

    @Test
    void whatIsSentIsFoundAmongTheOpenOnes() throws SQLException {
        assertThat(rare(new MessageFilter.Builder()
                        .status(SendStatus.SENT, SendStatus.SENT)
                        .build()))
                .contains("waiting_pkey")
                .contains("message_facets")
                .doesNotContain("Seq Scan on message");
    }

    @Test
    void aShortTimeIsFoundByTheFirstEvents() throws SQLException {
        Instant from = Instant.ofEpochMilli(1_000_000);
        assertThat(rare(new MessageFilter.Builder()
                        .between(from, from.plusSeconds(60))
                        .build()))
                .contains("message_first_event")
                .doesNotContain("Seq Scan on message");
    }
}
