package dev.sendstatus.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.postgres.PostgresDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a database says that it runs lists over many messages: by an index, in its order, never through a table. */
public abstract class MessagePlanContract {
    private static final int MESSAGES = 40_000;
    private static final String NUMBERS =
            "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < " + MESSAGES + ") ";
    /** Rows without meaning: only their number and their values count for a plan. */
    private static final List<String> FILL = List.of(
            "INSERT INTO account (id, provider, name) VALUES (1, 'twilio', 'main')",
            NUMBERS + """
            INSERT INTO message (id, provider, provider_id, account_id, direction, sender, status, progress, error_code, conflict,
                segments, reference, campaign, first_event_at, last_event_at, last_received_at, waiting_since)
            SELECT n, 'twilio', 'SM' || n, 1, 'outbound', '+12025550' || n % 100,
                CASE n % 20 WHEN 0 THEN 'ERROR' WHEN 1 THEN 'SENT' ELSE 'DELIVERED' END,
                CASE n % 20 WHEN 0 THEN 'failed' WHEN 1 THEN CASE WHEN n % 100 = 1 THEN 'unconfirmed' ELSE 'sent' END
                    ELSE 'delivered' END,
                NULL, n % 1000 = 7, 1, 'order ' || n, 'campaign ' || n / 1000, n * 10000, n * 10000, n * 10000,
                CASE WHEN n % 20 = 1 AND n % 100 <> 1 THEN n * 10000 END
            FROM number""",
            NUMBERS + """
            INSERT INTO recipient (message_id, address, progress, provider_status, error_code, conflict, updated_at)
            SELECT n, '+1202' || (5000000 + n), 'sent', 'sent', CASE n % 20 WHEN 0 THEN '' || (30000 + n % 160) END, n % 1000 = 7, n
            FROM number""",
            NUMBERS + "INSERT INTO message_tag SELECT n, 'tag ' || n % 50 FROM number",
            NUMBERS + "INSERT INTO message_link_domain SELECT n, n % 50 || '.example' FROM number",
            NUMBERS + """
            INSERT INTO stuck SELECT n, n, n, n, 'sent_no_receipt', CASE WHEN n % 40 = 1 THEN 'delivered' END,
                CASE WHEN n % 40 = 1 THEN n END
            FROM number WHERE n % 20 = 1""");

    protected abstract TestDatabase database();

    /** How a statement is asked for its plan. */
    protected abstract String explain();

    /** What a plan says of a step through a whole table, and of one that sorts. */
    protected abstract List<String> wholeTables();

    protected abstract String sorting();

    @BeforeEach
    void fill() throws SQLException {
        DatabaseSettings settings = database().settings();
        try (Connection plain = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
                Statement statement = plain.createStatement()) {
            plain.setAutoCommit(false);
            for (String sql : FILL) {
                statement.execute(sql);
            }
            if (PostgresDatabase.isMeantBy(settings)) {
                // A server does so by itself; SQLite never.
                statement.execute("ANALYZE");
            }
            plain.commit();
        }
    }

    private static Map<MessageFilter.Builder, String> selective() {
        Map<MessageFilter.Builder, String> indexes = new LinkedHashMap<>();
        indexes.put(builder().to("+442071838750"), "recipient_address");
        indexes.put(builder().from("+1202555077"), "message_sender");
        indexes.put(builder().errorCode("30020"), "recipient_error");
        indexes.put(builder().category((provider, code) -> code.equals("30020")), "recipient_error");
        indexes.put(builder().campaign("campaign 7"), "message_campaign");
        indexes.put(builder().reference("order 77"), "message_reference");
        indexes.put(builder().tag("tag 7"), "message_tag_tag");
        indexes.put(builder().linkDomain("7.example"), "message_link_domain_domain");
        indexes.put(builder().conflict(true), "message_conflict");
        indexes.put(builder().unconfirmed(true), "message_undelivered");
        indexes.put(builder().status(SendStatus.ERROR, SendStatus.SENT), "message_undelivered");
        return indexes;
    }

    private static MessageFilter.Builder builder() {
        return new MessageFilter.Builder();
    }

    @Test
    void selectiveFiltersFollowTheirIndexInItsOrder() throws SQLException {
        for (Map.Entry<MessageFilter.Builder, String> filter : selective().entrySet()) {
            assertThat(plan(filter.getKey().build()))
                    .as(filter.getValue())
                    .contains(filter.getValue())
                    .doesNotContain(wholeTables())
                    .doesNotContain(sorting());
        }
    }

    /** Another condition, which another index would answer, does not lead away from the first. */
    @Test
    void aSecondConditionIsLookedAtBesideTheIndex() throws SQLException {
        for (Map.Entry<MessageFilter.Builder, String> filter : selective().entrySet()) {
            MessageFilter both = filter.getKey()
                    .status(SendStatus.ERROR, SendStatus.SENT)
                    .from("+1202555077")
                    .build();
            String index = filter.getValue();
            if (!index.equals("message_undelivered") && !index.equals("message_sender")) {
                assertThat(plan(both))
                        .as(index)
                        .contains(index)
                        .doesNotContain("message_sender")
                        .doesNotContain("message_undelivered")
                        .doesNotContain(wholeTables())
                        .doesNotContain(sorting());
            }
        }
    }

    /** The newest few of each name are put in order, and no more. */
    @Test
    void aNumberThatHasTwoNamesIsFoundByTheIndexForEach() throws SQLException {
        assertThat(plan(builder().to("+12025007000").build()).split("recipient_address", -1))
                .hasSize(3);
        assertThat(plan(builder().to("+12025007000").build())).doesNotContain(wholeTables());
    }

    @Test
    void aRareBeginningIsFoundByItsIndex() throws SQLException {
        assertThat(plan(builder().to("+1202500700*").build()))
                .contains("recipient_address")
                .doesNotContain(wholeTables());
        assertThat(plan(builder().from("+1202555077*").build()))
                .contains("message_sender")
                .doesNotContain(wholeTables());
    }

    @Test
    void whatIsStuckIsFoundByWhatWaitsAndWhereThatIsMuchByWhatIsOpen() throws SQLException {
        assertThat(plan(stuck(Duration.ofHours(8)))).contains("message_waiting").doesNotContain(wholeTables());
        assertThat(plan(stuck(Duration.ofMillis(10_000L * MESSAGES))))
                .contains("message_undelivered")
                .doesNotContain("message_waiting")
                .doesNotContain(wholeTables());
    }

    /** @param running for how long messages have come */
    private static MessageFilter stuck(Duration running) {
        StuckLimits limits = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));
        Instant now = Instant.EPOCH.plus(running);
        return builder().stuck(new MessageFilter.Stuck(true, now, limits)).build();
    }

    @Test
    void whatHoldsNearlyEverywhereIsFoundByGoingDownTheNewest() throws SQLException {
        for (MessageFilter.Builder filter : List.of(
                builder(),
                builder().account("main"),
                builder().conflict(false),
                builder().carrier("AT&T"),
                builder().between(Instant.EPOCH, Instant.ofEpochMilli(200_000_000)))) {
            assertThat(plan(filter.build()))
                    .containsAnyOf("message_pkey", "SEARCH m USING INTEGER PRIMARY KEY")
                    .doesNotContain(wholeTables())
                    .doesNotContain(sorting());
        }
    }

    @Test
    void theHoursOfATimeAndTheCodesThatCameAreFoundByTheirIndexes() throws SQLException {
        assertThat(plan(MessageQuery.SELECT_OF_HOURS.replace("?", "7")))
                .contains("message_first_hour")
                .doesNotContain(wholeTables());
        assertThat(plan(MessageConditions.SELECT_CODES))
                .contains("recipient_error")
                .doesNotContain(wholeTables());
    }

    private String plan(String sql) throws SQLException {
        try (Connection connection = database().dialect().scanner();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(explain() + sql)) {
            return text(rows);
        }
    }

    /** The statement and its values are those that lists use: EXPLAIN is put before it where it is prepared. */
    private String plan(MessageFilter filter) throws SQLException {
        AtomicBoolean explaining = new AtomicBoolean();
        try (Connection connection = database().dialect().scanner();
                Session session = new Session((Connection) Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, values) ->
                                explaining.get() && method.getName().equals("prepareStatement")
                                        ? connection.prepareStatement(explain() + values[0])
                                        : method.invoke(connection, values)))) {
            MessageQuery query = new MessageQuery(database().dialect(), session, filter, 1_000);
            MessageQuery.Range range = query.newest(query.range(null));
            explaining.set(true);
            try (ResultSet rows = query.select(range, 51).executeQuery()) {
                return text(rows);
            }
        }
    }

    private static String text(ResultSet rows) throws SQLException {
        StringBuilder plan = new StringBuilder();
        while (rows.next()) {
            plan.append(rows.getString(rows.getMetaData().getColumnCount())).append('\n');
        }
        return plan.toString();
    }
}
