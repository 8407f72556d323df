package dev.sendstatus.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.Progress;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Change;
import dev.sendstatus.store.ChangePage;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TextMessage;
import dev.sendstatus.store.jdbc.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeFeedTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(1);

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private ChangeFeed feed;
    private Waiters waiters;

    @BeforeEach
    void start() {
        feed = new ChangeFeed(database.reads());
        waiters = new Waiters(database.reads(), InstantSource.system()).start();
        database.store().whenEventsCome(waiters::wake);
    }

    @AfterEach
    void stop() {
        waiters.close();
    }

    private TextMessage message(String id) {
        return TextMessage.in(database.store(), TextMessage.TWILIO, id);
    }

    private static List<String> ids(ChangePage page) {
        return page.changes().stream()
                .map(change ->
                        change.after().message().id() + " " + change.recipient().status())
                .toList();
    }

    private List<String> all(MessageFilter filter) throws StoreException {
        return ids(feed.after(0, filter, 1_000));
    }

    @Test
    void aFilterIsComparedWithEachChangeAsItWas() throws StoreException {
        message("m1").sentAt(NOW).failedAt(NOW.plusSeconds(1)).deliveredAt(NOW.plusSeconds(2));
        message("m2").from("+12025550199").sentAt(NOW.plusSeconds(3));
        assertThat(all(MessageFilter.ALL)).containsExactly("m1 SENT", "m1 ERROR", "m1 DELIVERED", "m2 SENT");
        assertThat(all(new MessageFilter.Builder()
                        .status(SendStatus.ERROR, SendStatus.SENT)
                        .build()))
                .containsExactly("m1 ERROR");
        assertThat(all(new MessageFilter.Builder().conflict(true).build())).containsExactly("m1 DELIVERED");
        assertThat(all(new MessageFilter.Builder().from("+12025550199").build()))
                .containsExactly("m2 SENT");
        assertThat(all(new MessageFilter.Builder()
                        .between(NOW.plusSeconds(1), NOW.plusSeconds(3))
                        .build()))
                .as("by the time of the change")
                .containsExactly("m1 ERROR", "m1 DELIVERED");
        assertThat(all(new MessageFilter.Builder().to("+12025550199").build())).isEmpty();
    }

    @Test
    void theNextPositionIsWhatWasLookedAt() throws StoreException {
        for (int i = 0; i < ChangeFeed.LOOK + 50; i++) {
            message("m" + i).sentAt(NOW);
        }
        long newest = feed.ends().newest();
        MessageFilter nothing =
                new MessageFilter.Builder().reference("nobody's").build();
        ChangePage none = feed.after(0, nothing, 10);
        assertThat(none.changes()).isEmpty();
        assertThat(none.next()).isEqualTo(newest);
        ChangePage ten = feed.after(0, MessageFilter.ALL, 10);
        assertThat(ten.changes()).hasSize(10);
        assertThat(ten.next()).isEqualTo(ten.changes().get(9).sequence());
        MessageFilter late = new MessageFilter.Builder().to("+12025550123").build();
        List<String> read = new ArrayList<>();
        for (ChangePage page = feed.after(0, late, 300);
                !page.changes().isEmpty();
                page = feed.after(page.next(), late, 300)) {
            read.addAll(ids(page));
        }
        assertThat(read).hasSize(ChangeFeed.LOOK + 50).doesNotHaveDuplicates();
    }

    private Waiting await(MessageFilter filter, int limit, Duration most) throws StoreException {
        ChangePage seen = feed.ends();
        return waiters.await(seen.with(List.of(), seen.newest()), filter, limit, most);
    }

    @Test
    void aCommitOfThisProcessWakesAtOnce() throws Exception {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            Waiting waiting = await(MessageFilter.ALL, 10, LONG);
            message("m" + i).sentAt(NOW);
            long committed = System.nanoTime();
            assertThat(ids(waiting.found().get(10, TimeUnit.SECONDS))).containsExactly("m" + i + " SENT");
            millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - committed));
        }
        millis.sort(null);
        assertThat(millis.get(10)).as("of all %s", millis).isLessThan(100);
    }

    @Test
    void aCommitOfAnotherProcessIsSeenWithinHalfASecond() throws Exception {
        try (Store other = Store.open(database.dialect())) {
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                Waiting waiting = await(MessageFilter.ALL, 10, LONG);
                TextMessage.in(other, TextMessage.TWILIO, "m" + i).sentAt(NOW);
                long committed = System.nanoTime();
                waiting.found().get(10, TimeUnit.SECONDS);
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - committed));
            }
            millis.sort(null);
            assertThat(millis.get(3)).as("of all %s", millis).isLessThan(500);
        }
    }

    @Test
    void eachWaitsForItsOwnAndSeesNothingTwice() throws Exception {
        Waiting all = await(MessageFilter.ALL, 2, LONG);
        Waiting failed = await(
                new MessageFilter.Builder()
                        .status(SendStatus.ERROR, SendStatus.SENT)
                        .build(),
                10,
                LONG);
        Waiting never = await(new MessageFilter.Builder().reference("nobody's").build(), 10, LONG);
        TextMessage.add(
                database.store(),
                TextMessage.TWILIO,
                Source.WEBHOOK,
                NOW,
                TextMessage.event("m1", Progress.SENT),
                TextMessage.event("m2", Progress.FAILED),
                TextMessage.event("m3", Progress.DELIVERED));
        ChangePage first = all.found().get(10, TimeUnit.SECONDS);
        assertThat(ids(first)).containsExactly("m1 SENT", "m2 ERROR");
        assertThat(ids(feed.after(first.next(), MessageFilter.ALL, 10))).containsExactly("m3 DELIVERED");
        ChangePage error = failed.found().get(10, TimeUnit.SECONDS);
        assertThat(ids(error)).containsExactly("m2 ERROR");
        assertThat(error.next()).as("with what did not match").isEqualTo(error.newest());
        assertThat(never.found()).isNotDone();
        never.end();
        assertThat(never.found().get().changes()).isEmpty();
        assertThat(never.found().get().next()).isEqualTo(error.newest());
    }

    @Test
    void whatWasWrittenBetweenLookingAndWaitingIsFound() throws Exception {
        ChangePage seen = feed.ends();
        message("m1").sentAt(NOW);
        Waiting waiting = waiters.await(seen.with(List.of(), seen.newest()), MessageFilter.ALL, 10, LONG);
        assertThat(ids(waiting.found().get(10, TimeUnit.SECONDS))).containsExactly("m1 SENT");
    }

    @Test
    void whoComesAgainWhileOthersWaitIsServedByTheLookForAll() throws Exception {
        message("m1").sentAt(NOW);
        long end = feed.ends().newest();
        assertThat(waiters.amongOthers(end)).as("nobody waits").isNull();
        Waiting other = await(new MessageFilter.Builder().reference("nobody's").build(), 10, LONG);
        Awaitility.await().until(() -> waiters.amongOthers(end) != null);
        assertThat(waiters.amongOthers(end - 1)).as("before the last look").isNull();
        assertThat(waiters.amongOthers(end + 1)).as("beyond the end").isNull();
        ChangePage again = Objects.requireNonNull(waiters.amongOthers(end));
        message("m2").sentAt(NOW);
        Waiting waiting = waiters.await(again, MessageFilter.ALL, 10, LONG);
        assertThat(ids(waiting.found().get(10, TimeUnit.SECONDS))).containsExactly("m2 SENT");
        other.end();
        Awaitility.await().until(() -> waiters.amongOthers(feed.ends().newest()) == null);
    }

    /** In milliseconds; a burst has the processors for itself. */
    @ParameterizedTest
    @CsvSource({"0, false, 25", "1, false, 25", "2, false, 48", "20, false, 75", "0, true, 25", "20, true, 480"})
    void aLongLookIsFollowedByALongRest(long look, boolean burst, long rest) {
        assertThat(TimeUnit.NANOSECONDS.toMillis(Waiters.restNanos(TimeUnit.MILLISECONDS.toNanos(look), burst)))
                .isEqualTo(rest);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none, false", "0, false", "250, false", "251, true", "60000, true"})
    void itIsABurstWhileTheOldestCallbackWaitsLongerThanAQuarterOfASecond(@Nullable Long waited, boolean behind) {
        assertThat(Waiters.isBehind(waited == null ? null : NOW.minusMillis(waited), NOW))
                .isEqualTo(behind);
    }

    @Test
    void theTimeIsOverWithoutAChangeWhereNothingCame() throws Exception {
        message("m1").sentAt(NOW);
        ChangePage page =
                await(MessageFilter.ALL, 10, Duration.ofMillis(1)).found().get(10, TimeUnit.SECONDS);
        assertThat(page.changes()).isEmpty();
        assertThat(page.next()).isEqualTo(page.newest());
    }

    @Test
    void aStopFreesAllAndNobodyWaitsAfterIt() throws Exception {
        List<Waiting> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(await(MessageFilter.ALL, 10, LONG));
        }
        waiters.close();
        for (Waiting one : all) {
            assertThat(one.found().get(1, TimeUnit.SECONDS).changes()).isEmpty();
        }
        assertThat(await(MessageFilter.ALL, 10, LONG)
                        .found()
                        .get(1, TimeUnit.SECONDS)
                        .changes())
                .isEmpty();
    }

    @Test
    void whatRetentionRemovesUnderOneWhoWaitsIsToldAsGone() throws Exception {
        ChangePage start = feed.ends();
        message("m1").sentAt(NOW);
        database.store().housekeeping().removeMessages(NOW.plusSeconds(1), 10);
        ChangePage page = waiters.await(start.with(List.of(), start.newest()), MessageFilter.ALL, 10, LONG)
                .found()
                .get(10, TimeUnit.SECONDS);
        assertThat(page.changes()).extracting(Change::sequence).isEmpty();
        assertThat(start.goesOnIn(page)).isFalse();
    }

    @Test
    void onlySoManyMayEnter() {
        for (int i = 0; i < Waiters.MOST; i++) {
            assertThat(waiters.enter()).isTrue();
        }
        assertThat(waiters.enter()).isFalse();
        waiters.leave();
        assertThat(waiters.enter()).isTrue();
    }
}
