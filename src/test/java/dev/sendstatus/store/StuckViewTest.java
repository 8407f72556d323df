package dev.sendstatus.store;

import static dev.sendstatus.store.TextMessage.TWILIO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StuckViewTest {
    private static final Instant SENT = Instant.parse("2026-11-02T12:00:00Z");
    private static final Instant FLAGGED = SENT.plus(Duration.ofHours(6));
    private static final Instant NOW = SENT.plus(Duration.ofHours(10));
    private static final StuckLimits LIMITS = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private TextMessage message;

    @BeforeEach
    void send() throws StoreException {
        message = TextMessage.in(database.store(), TWILIO, "SM1").sentAt(SENT);
    }

    @Test
    void stuckMessageShowsSinceWhenAndForHowLongAndWhy() throws StoreException {
        assertThat(StuckView.of(state(), flag(), NOW, LIMITS))
                .isEqualTo(new StuckView(FLAGGED, 36_000, StuckReason.SENT_NO_RECEIPT));
    }

    @Test
    void messageThatWasNotFlaggedIsNotShownAsStuck() throws StoreException {
        assertThat(StuckView.of(state(), null, NOW, LIMITS)).isNull();
    }

    @Test
    void settledMessageIsNotStuckEvenBeforeTheSweepNotesIt() throws StoreException {
        message.deliveredAt(NOW);
        assertThat(StuckView.of(state(), flag(), NOW, LIMITS)).isNull();
    }

    @Test
    void givenUpMessageIsNotStuckEvenBeforeTheSweepNotesIt() throws StoreException {
        assertThat(StuckView.of(state(), flag(), SENT.plus(Duration.ofDays(7)), LIMITS))
                .isNull();
        assertThat(StuckView.of(state(), flag().ended(StuckFlag.Ending.NEVER_REPORTED, NOW), NOW, LIMITS))
                .isNull();
    }

    private MessageState state() throws StoreException {
        return database.reads().message(message.key()).orElseThrow().state();
    }

    private StuckFlag flag() {
        return new StuckFlag(
                message.key(), TWILIO, null, SENT, FLAGGED, FLAGGED, StuckReason.SENT_NO_RECEIPT, null, null);
    }
}
