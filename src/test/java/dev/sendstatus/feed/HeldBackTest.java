package dev.sendstatus.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.ingest.SettableClock;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TextMessage;
import dev.sendstatus.store.jdbc.Dialect;
import dev.sendstatus.store.jdbc.Session;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class HeldBackTest {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    private final SettableClock clock = new SettableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private double seconds() {
        return meters.get("sendstatus.feed.held.back.seconds").gauge().value();
    }

    @Test
    void aForgottenTransactionIsMeasuredAsLongAsSomethingWaitsBehindIt() throws Exception {
        HeldBack.register(database.reads(), meters, clock);
        Instant now = Instant.parse("2026-11-25T12:00:00Z");
        TextMessage.in(database.store(), TextMessage.TWILIO, "m1").sentAt(now);
        assertThat(seconds()).isZero();
        Dialect dialect = database.dialect();
        try (Connection connection = dialect.writer();
                Session forgotten = new Session(connection)) {
            dialect.probe(forgotten);
            clock.forward(Duration.ofMinutes(5));
            assertThat(seconds()).as("nothing waits").isZero();
            TextMessage.in(database.store(), TextMessage.TWILIO, "m2").sentAt(now);
            assertThat(seconds())
                    .as("it may be a transaction that takes some milliseconds")
                    .isLessThan(1);
            clock.forward(Duration.ofSeconds(30));
            assertThat(seconds()).isBetween(30.0, 45.0);
            TextMessage.in(database.store(), TextMessage.TWILIO, "m3").sentAt(now);
            clock.forward(Duration.ofSeconds(30));
            assertThat(seconds()).isBetween(60.0, 75.0);
            connection.rollback();
        }
        assertThat(seconds()).isZero();
        assertThat(database.reads().changes(0, 10).changes()).hasSize(3);
    }
}
