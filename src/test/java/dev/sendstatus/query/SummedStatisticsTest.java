package dev.sendstatus.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Housekeeping;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.MessageCounter;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.MessageTimes;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.store.sqlite.SqliteReads;
import dev.sendstatus.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counting by the summaries of blocks, against counting each message. */
@Tag("slow")
class SummedStatisticsTest {
    private static final Instant BEGIN = Instant.parse("2026-11-25T06:00:00Z");
    private static final int EVENTS = 45_000;
    private static final int MESSAGES = 12_000;

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private SqliteStore store;
    private SqliteReads reads;
    private Instant now = BEGIN;
    private int turn;

    @BeforeEach
    void fill() throws StoreException {
        SqliteFile file =
                SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("messages.db"), null, null));
        store = SqliteStore.open(file);
        reads = SqliteReads.open(file);
        for (int i = 0; i < EVENTS; i += 500) {
            List<Incoming> batch = new ArrayList<>();
            for (int j = i; j < i + 500; j++) {
                // Two thirds of the events are of messages of which much is heard at the same time.
                batch.add(incoming(random.nextInt(3) == 0 ? random.nextInt(MESSAGES) : j / 4));
            }
            store.commit(batch);
        }
    }

    @AfterEach
    void close() {
        reads.close();
        store.close();
    }

    private Incoming incoming(int number) {
        now = now.plusMillis(20);
        DeliveryEvent event = Histories.event(random, new MessageKey(Histories.PROVIDER, "m" + number), now);
        AccountName account = new AccountName(Histories.PROVIDER, random.nextInt(9) == 0 ? "second" : "main");
        return new Incoming(
                account,
                Source.WEBHOOK,
                now,
                new RawCallback("POST", null, null, new byte[] {1}),
                List.of(event),
                null);
    }

    private void sumUp() throws StoreException {
        boolean more = true;
        while (more) {
            more = store.indexNext();
        }
    }

    private void changeSome(int changes, int below) throws StoreException {
        List<Incoming> late = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            late.add(incoming(random.nextInt(below)));
        }
        store.commit(late);
    }

    @Test
    void summariesGiveTheFiguresThatCountingEachMessageGives() throws Exception {
        expectSameFigures("before anything is summed up");
        sumUp();
        expectSameFigures("summed up");
        changeSome(150, MESSAGES);
        expectSameFigures("some changed since");
        sumUp();
        expectSameFigures("some changed since, and no block is summed up again for so few");
        changeSome(2_000, MESSAGES);
        changeSome(12_000, EVENTS);
        sumUp();
        expectSameFigures("summed up again");
    }

    @Test
    void onlyWhatIsOpenRecentOrChangedIsReadItself() throws Exception {
        sumUp();
        Counted counted = new Counted();
        reads.count(Instant.EPOCH, now.plusSeconds(1), counted);
        assertThat(counted.alike).isGreaterThan(2_000);
        int before = counted.alone;
        changeSome(100, 2_000);
        Counted after = new Counted();
        reads.count(Instant.EPOCH, now.plusSeconds(1), after);
        assertThat(after.alike + after.alone).isEqualTo(counted.alike + counted.alone);
        assertThat(after.alone).isBetween(before + 1, before + 100);
    }

    @Test
    void changesDuringSummingUpAreCountedOnce() throws Exception {
        AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            try {
                for (int i = 0; i < 100; i++) {
                    changeSome(20, MESSAGES);
                }
            } catch (StoreException e) {
                failed.set(e);
            }
        });
        writer.start();
        while (writer.isAlive()) {
            sumUp();
        }
        writer.join();
        assertThat(failed.get()).isNull();
        sumUp();
        expectSameFigures("after changes during the summing up");
    }

    @Test
    void whatIsRemovedIsCountedNoMore() throws Exception {
        sumUp();
        Counted before = new Counted();
        reads.count(Instant.EPOCH, now.plusSeconds(1), before);
        Housekeeping housekeeping = store.housekeeping();
        for (boolean more = true; more; ) {
            more = housekeeping.removeMessages(now.minusSeconds(400), 1_000).more();
        }
        Counted after = new Counted();
        reads.count(Instant.EPOCH, now.plusSeconds(1), after);
        assertThat(after.alike + after.alone).isBetween(1, before.alike + before.alone - 1_000);
        expectSameFigures("some are removed");
        for (boolean more = true; more; ) {
            more = housekeeping.tidy(1_000).more();
        }
        sumUp();
        expectSameFigures("summed up again");
    }

    private void expectSameFigures(String when) throws StoreException, TooManyGroups {
        Instant last = now.plusSeconds(1);
        List<Instant[]> stretches = List.of(
                new Instant[] {Instant.EPOCH, last},
                new Instant[] {BEGIN.plusSeconds(100), BEGIN.plusSeconds(500)},
                new Instant[] {BEGIN.plusNanos(77_000_000_500L), BEGIN.plusSeconds(78)});
        for (Instant[] stretch : stretches) {
            for (StatisticsDimension by : some()) {
                StatisticsQuestion question = new StatisticsQuestion(
                        stretch[0],
                        stretch[1],
                        by,
                        new MessageDocument(SendStatus.SENT, Catalogue.of(List.of(Histories.PROVIDER))),
                        new StuckLimits(Duration.ofMinutes(5), Map.of(), Duration.ofMinutes(10)),
                        last);
                JsonNode summed = StatisticsDocument.of(Statistics.of(question, reads));
                assertThat(summed)
                        .as("%s, by %s, from %s to %s", when, by, stretch[0], stretch[1])
                        .isEqualTo(StatisticsDocument.of(oneByOne(question)));
            }
        }
    }

    /** Each question counts all messages one by one, so each stretch gets two dimensions, in turn. */
    private List<@Nullable StatisticsDimension> some() {
        StatisticsDimension[] all = StatisticsDimension.values();
        List<@Nullable StatisticsDimension> some = new ArrayList<>();
        some.add(all[turn++ % all.length]);
        some.add(turn % 4 == 0 ? null : all[turn++ % all.length]);
        return some;
    }

    private Statistics oneByOne(StatisticsQuestion question) throws StoreException, TooManyGroups {
        Statistics statistics = new Statistics(question);
        MessageFilter filter = new MessageFilter.Builder()
                .between(question.since(), question.until())
                .build();
        try (MessageScan scan = reads.scan(filter)) {
            for (StoredMessage message = scan.next(); message != null; message = scan.next()) {
                statistics.message(message);
            }
        }
        return statistics;
    }

    private static final class Counted implements MessageCounter<StoreException> {
        private int alone;
        private int alike;

        @Override
        public void message(StoredMessage message) {
            alone++;
        }

        @Override
        public void alike(StoredMessage one, MessageTimes times) {
            alike += times.size();
        }
    }
}
