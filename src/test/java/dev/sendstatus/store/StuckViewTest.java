package dev.sendstatus.store;

import static dev.sendstatus.store.TextMessage.TWILIO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StuckViewTest {
    private static final Instant SENT = Instant.parse("2026-11-02T12:00:00Z");
    private static final Instant FLAGGED = SENT.plus(Duration.ofHours(6));
    private static final Instant NOW = SENT.plus(Duration.ofHours(10));
    private static final Instant GIVEN_UP = SENT.plus(Duration.ofDays(7));
    private static final StuckLimits LIMITS = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private TextMessage message;

    @BeforeEach
    void send() throws StoreException {
        message = TextMessage.in(database.store(), TWILIO, "SM1").sentAt(SENT);
        TextMessage.in(database.store(), TWILIO, "SM0").sentAt(NOW);
    }

    @Test
    void stuckMessageShowsForHowLongAndWhyAndSinceWhenItWasNoticed() throws StoreException {
        assertThat(view(NOW)).isEqualTo(new StuckView(null, 36_000, StuckReason.SENT_NO_RECEIPT));
        flag(null);
        assertThat(view(NOW)).isEqualTo(new StuckView(FLAGGED, 36_000, StuckReason.SENT_NO_RECEIPT));
    }

    @Test
    void messageIsStuckFromTheThresholdOnUntilItIsGivenUpWhateverWasNoted() throws StoreException {
        for (StuckFlag.Ending ending : new StuckFlag.Ending[] {null, StuckFlag.Ending.NEVER_REPORTED}) {
            assertThat(view(FLAGGED.minusMillis(1))).isNull();
            assertThat(view(FLAGGED)).isNotNull();
            assertThat(view(GIVEN_UP.minusMillis(1))).isNotNull();
            assertThat(view(GIVEN_UP)).isNull();
            flag(ending);
        }
    }

    @Test
    void settledMessageIsNotStuckEvenBeforeTheSweepNotesIt() throws StoreException {
        flag(null);
        message.deliveredAt(NOW);
        assertThat(view(NOW)).isNull();
    }

    @Test
    void reasonIsOfNow() throws StoreException {
        flag(null);
        assertThat(Objects.requireNonNull(view(NOW.plus(Duration.ofDays(1)))).reason())
                .as("nothing came for the account meanwhile")
                .isEqualTo(StuckReason.PROVIDER_SILENT);
        TextMessage.in(database.store(), TWILIO, "SM2").sentAt(NOW.plus(Duration.ofDays(1)));
        assertThat(Objects.requireNonNull(view(NOW.plus(Duration.ofDays(1)))).reason())
                .isEqualTo(StuckReason.SENT_NO_RECEIPT);
    }

    private @Nullable StuckView view(Instant now) throws StoreException {
        return StuckView.of(database.reads().message(message.key()).orElseThrow(), now, LIMITS);
    }

    private void flag(StuckFlag.@Nullable Ending ending) throws StoreException {
        database.store()
                .flag(List.of(new StuckFlag(
                        message.key(),
                        TWILIO,
                        null,
                        SENT,
                        FLAGGED,
                        FLAGGED,
                        StuckReason.SENT_NO_RECEIPT,
                        ending,
                        ending == null ? null : NOW)));
    }
}
