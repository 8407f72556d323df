package dev.sendstatus.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.retention.Retention.Removed;
import dev.sendstatus.state.Histories;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetentionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final RetentionSettings SETTINGS = new RetentionSettings(Duration.ofDays(30), Duration.ofDays(90));
    private static final int A_DAY = 40;

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = START;

    private Retention retention(RetentionSettings settings, Pace pace) {
        return new Retention(database.store(), settings, () -> now, pace, meters);
    }

    /** A day's messages: sent, and delivered a moment later. */
    private void day(int number) throws StoreException {
        now = START.plus(Duration.ofDays(number));
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < A_DAY; i++) {
            for (Progress progress : List.of(Progress.SENT, Progress.DELIVERED)) {
                batch.add(incoming("d" + number + "-" + i, progress));
            }
        }
        database.store().commit(batch);
    }

    private Incoming incoming(String id, Progress progress) {
        return new Incoming(
                new AccountName(Histories.PROVIDER, "main"),
                Source.WEBHOOK,
                now,
                new RawCallback("POST", null, null, ("a body " + id).getBytes(StandardCharsets.UTF_8)),
                List.of(DeliveryEvent.of(
                                new MessageKey(Histories.PROVIDER, id), Direction.OUTBOUND, progress, progress.name())
                        .to("+12025550143")
                        .build()),
                null);
    }

    @Test
    void overHalfAYearTheDatabaseHoldsWhatItMayAndStaysAsLargeAsThat() throws Exception {
        long sizeAfterAQuarter = 0;
        for (int day = 0; day < 200; day++) {
            day(day);
            retention(SETTINGS, Pace.NONE).run();
            if (day == 100) {
                sizeAfterAQuarter = Files.size(file());
            }
        }
        assertThat(database.texts("SELECT count(*) FROM message")).containsExactly(String.valueOf(91 * A_DAY));
        assertThat(database.reads().messages("d108-0")).isEmpty();
        assertThat(database.reads().messages("d109-0")).hasSize(1);
        long oldestRaw = 2L * A_DAY * 169 + 1;
        assertThat(database.reads().callbacks().one(oldestRaw - 1)).isEmpty();
        assertThat(database.reads().callbacks().one(oldestRaw)).isPresent();
        assertThat(Files.size(file())).isLessThan(sizeAfterAQuarter * 13 / 10);
        await().until(database.store().housekeeping()::shortenLog);
        assertThat(Files.size(Path.of(file() + "-wal"))).isZero();
    }

    @Test
    void aRunSaysAndCountsWhatItRemovedAndTheNextRemovesNothing() throws Exception {
        day(0);
        day(60);
        assertThat(retention(SETTINGS, Pace.NONE).run()).isEqualTo(new Removed(2 * A_DAY, 0));
        now = START.plus(Duration.ofDays(95));
        assertThat(retention(SETTINGS, Pace.NONE).run()).isEqualTo(new Removed(2 * A_DAY, A_DAY));
        assertThat(retention(SETTINGS, Pace.NONE).run()).isEqualTo(new Removed(0, 0));
        assertThat(removed("raw")).isEqualTo(4 * A_DAY);
        assertThat(removed("messages")).isEqualTo(A_DAY);
    }

    private Path file() {
        return Path.of(database.settings().url().substring("jdbc:sqlite:".length()));
    }

    private double removed(String what) {
        return meters.get("sendstatus_retention_removed")
                .tag("what", what)
                .counter()
                .count();
    }

    @Test
    void aRawCallbackDoesNotOutliveTheMessages() throws Exception {
        day(0);
        day(50);
        RetentionSettings longRaw = new RetentionSettings(Duration.ofDays(400), Duration.ofDays(20));
        assertThat(retention(longRaw, Pace.NONE).run()).isEqualTo(new Removed(2 * A_DAY, A_DAY));
        assertThat(database.reads().callbacks().one(1)).isEmpty();
    }

    @Test
    void betweenAnyTwoStepsItRestsAndAStopThereEndsIt() throws Exception {
        int days = 20;
        for (int day = 0; day < days; day++) {
            day(day);
        }
        now = START.plus(Duration.ofDays(200));
        AtomicInteger rests = new AtomicInteger();
        Retention stopped = retention(SETTINGS, nanos -> {
            if (rests.incrementAndGet() == 2) {
                throw new InterruptedException("stop");
            }
        });
        assertThatThrownBy(stopped::run).isInstanceOf(InterruptedException.class);
        assertThat(rests).hasValue(2);
        double before = removed("raw");
        double messagesBefore = removed("messages");
        assertThat(before).isPositive();
        Removed rest = retention(SETTINGS, Pace.NONE).run();
        assertThat(before + rest.raw()).isEqualTo(2 * A_DAY * days);
        assertThat(messagesBefore + rest.messages()).isEqualTo(A_DAY * days);
    }

    @Test
    void aPaceThatIsStoppedEndsItsPauses() {
        RestingPace pace = new RestingPace();
        pace.stop();
        assertThatThrownBy(() -> pace.rest(Duration.ofDays(1).toNanos())).isInstanceOf(InterruptedException.class);
    }
}
