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

    private static String plan(MessageFilter filter, long before) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = database.scanner();
                PreparedStatement select = MessageLists.candidates(explaining(connection), filter, before, 51);
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
        assertThat(plan(new MessageFilter.Builder().to("+12025550143").build(), Long.MAX_VALUE))
                .contains("message_facets")
                .doesNotContain("Seq Scan on message");
    }

    @Test
    void aUsualValueIsFoundByGoingDownTheNewest() throws SQLException {
        assertThat(plan(new MessageFilter.Builder().account("main").build(), Long.MAX_VALUE))
                .contains("Index Scan Backward using message_pkey")
                .doesNotContain("Seq Scan on message");
    }

    @Test
    void everythingIsFoundByGoingDownTheNewestFromWhereAPageEnded() throws SQLException {
        assertThat(plan(MessageFilter.ALL, 30_000))
                .contains("Index Scan Backward using message_pkey")
                .contains("id < ")
                .doesNotContain("Seq Scan on message");
    }

    @Test
    void whatIsSentIsFoundAmongTheOpenOnes() throws SQLException {
        assertThat(plan(
                        new MessageFilter.Builder()
                                .status(SendStatus.SENT, SendStatus.SENT)
                                .build(),
                        Long.MAX_VALUE))
                .contains("waiting_pkey")
                .contains("message_facets")
                .doesNotContain("Seq Scan on message");
    }

    @Test
    void aShortTimeIsFoundByTheFirstEvents() throws SQLException {
        Instant from = Instant.ofEpochMilli(1_000_000);
        assertThat(plan(
                        new MessageFilter.Builder()
                                .between(from, from.plusSeconds(60))
                                .build(),
                        Long.MAX_VALUE))
                .contains("message_first_event")
                .doesNotContain("Seq Scan on message");
    }
}
