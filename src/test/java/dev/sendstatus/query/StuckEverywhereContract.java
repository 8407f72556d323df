package dev.sendstatus.query;

import static dev.sendstatus.store.TextMessage.TELNYX;
import static dev.sendstatus.store.TextMessage.TWILIO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.report.ReportSettings;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckView;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TextMessage;
import dev.sendstatus.sweep.StuckSettings;
import dev.sendstatus.sweep.Sweeper;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is asked, the same messages are stuck, for the same reason, whether or not a sweep came by. A subclass names the database. */
abstract class StuckEverywhereContract {
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final int MINUTES = 12 * 24 * 60;
    private static final Map<AccountName, Duration> OWN = Map.of(TELNYX, Duration.ofHours(30));
    private static final StuckLimits LIMITS = new StuckLimits(Duration.ofHours(6), OWN, Duration.ofDays(4));

    protected abstract TestDatabase database();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void reportListStatisticsAndMessageSayTheSame(long seed) throws Exception {
        Random random = new Random(seed);
        int stuck = 0;
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 40; i++) {
                say(random, round);
            }
            for (int i = 0; i < 3; i++) {
                stuck += compare(anyTime(random));
            }
            Instant now = anyTime(random);
            new Sweeper(
                            database().store(),
                            database().reads(),
                            new StuckSettings(LIMITS, Duration.ofMinutes(5)),
                            () -> now)
                    .sweep();
            stuck += compare(now);
        }
        assertThat(stuck).isGreaterThan(50);
    }

    /** The provider did say a word, and it lies in quarantine. */
    @Test
    void aCallbackThatWasNotUnderstoodIsTheReason() throws Exception {
        TextMessage message = TextMessage.in(database().store(), TWILIO, "SM1").registeredAt(START);
        TextMessage.in(database().store(), TWILIO, "SM2").registeredAt(START);
        Instant now = START.plus(Duration.ofHours(7));
        assertThat(reasons(now)).containsOnly(StuckReason.NEVER_ANY_CALLBACK);
        List<String> unread = List.of("SM1", "SM3");
        database().store().commit(List.of(quarantined(TELNYX, unread), quarantined(TWILIO, unread)));
        assertThat(reasons(now)).containsExactly(StuckReason.CALLBACK_NOT_UNDERSTOOD, StuckReason.NEVER_ANY_CALLBACK);
        compare(now);
        // An upgrade understands it: it says nothing of the end.
        List<Long> callbacks = database().reads().callbacks().since(Instant.EPOCH, 0, 10);
        database()
                .store()
                .replay(
                        callbacks,
                        (callback, source) -> new Incoming(
                                callback.account(), source, callback.receivedAt(), callback.raw(), List.of(), null));
        assertThat(reasons(now)).containsOnly(StuckReason.NEVER_ANY_CALLBACK);
        // Another one, which retention removes.
        database().store().commit(List.of(quarantined(TWILIO, unread)));
        assertThat(reasons(now)).contains(StuckReason.CALLBACK_NOT_UNDERSTOOD);
        assertThat(database().store().housekeeping().removeRaw(now, 10)).isEqualTo(5);
        assertThat(reasons(now)).containsOnly(StuckReason.NEVER_ANY_CALLBACK);
        assertThat(database().texts("SELECT count(*) FROM quarantined_message")).containsExactly("0");
        message.deliveredAt(now);
        assertThat(reasons(now)).hasSize(1);
    }

    private static Incoming quarantined(AccountName account, List<String> unread) {
        RawCallback raw = new RawCallback("POST", null, null, new byte[] {1});
        return new Incoming(account, Source.REPLAY, START, raw, List.of(), "an event type that is not known", unread);
    }

    /** By the messages' ids. */
    private List<StuckReason> reasons(Instant now) throws StoreException {
        return listed(true, now).values().stream()
                .map(one ->
                        Objects.requireNonNull(StuckView.of(one, now, LIMITS)).reason())
                .toList();
    }

    private void say(Random random, int round) throws StoreException {
        AccountName account = random.nextBoolean() ? TWILIO : TELNYX;
        Progress progress = Progress.values()[random.nextInt(Progress.values().length)];
        Instant occurred = anyTime(random);
        TextMessage.in(database().store(), account, "m" + random.nextInt(30 * (round + 1)))
                .say(
                        progress,
                        progress == Progress.REGISTERED ? Source.REGISTRATION : Source.WEBHOOK,
                        occurred,
                        occurred.plusSeconds(random.nextInt(600)));
    }

    /** @return how many are stuck */
    private int compare(Instant now) throws Exception {
        Map<String, StuckReason> byMessage = new TreeMap<>();
        Map<String, StuckReason> others = new TreeMap<>();
        try (MessageScan scan = database().reads().scan(MessageFilter.ALL)) {
            for (StoredMessage one = scan.next(); one != null; one = scan.next()) {
                StuckView view = StuckView.of(one, now, LIMITS);
                assertThat(view != null).as("%s at %s", one, now).isEqualTo(byDefinition(one.state(), now));
                if (view != null) {
                    byMessage.put(name(one), view.reason());
                } else {
                    others.put(name(one), StuckReason.SENT_NO_RECEIPT);
                }
            }
        }
        assertThat(listed(true, now).keySet()).isEqualTo(byMessage.keySet());
        assertThat(listed(false, now).keySet()).isEqualTo(others.keySet());

        StuckReport report = new StuckReports(
                        database().reads(), LIMITS, new ReportSettings(LocalTime.of(6, 0), ZoneOffset.UTC))
                .asOfNow(now);
        Map<String, StuckReason> reported = new TreeMap<>();
        report.stuck().forEach(item -> reported.put(item.message().toString(), item.reason()));
        assertThat(reported).isEqualTo(byMessage);

        MessageDocument document =
                new MessageDocument(SendStatus.SENT, Catalogue.of(List.of(TWILIO.provider())), LIMITS);
        JsonNode total = StatisticsDocument.of(Statistics.of(
                        new StatisticsQuestion(
                                START.minus(Duration.ofDays(1)), START.plus(Duration.ofDays(20)), null, document, now),
                        database().reads()))
                .path("total");
        assertThat(total.path("stuck").asInt()).isEqualTo(byMessage.size());
        return byMessage.size();
    }

    /** Outbound, SENT, not unconfirmed, at least as old as the account's threshold, not yet as old as giving up takes. */
    private static boolean byDefinition(MessageState state, Instant now) {
        Duration age = Duration.between(state.waitingSince(), now);
        return state.progress().compareTo(Progress.UNCONFIRMED) < 0
                && age.compareTo(OWN.getOrDefault(state.account(), Duration.ofHours(6))) >= 0
                && age.compareTo(Duration.ofDays(4)) < 0;
    }

    private Map<String, StoredMessage> listed(boolean wanted, Instant now) throws StoreException {
        MessageFilter filter = new MessageFilter.Builder()
                .stuck(new MessageFilter.Stuck(wanted, now, LIMITS))
                .build();
        Map<String, StoredMessage> listed = new TreeMap<>();
        Long before = null;
        do {
            MessagePage page = database().reads().page(filter, before, 7);
            page.messages().forEach(message -> listed.put(name(message), message));
            before = page.next();
        } while (before != null);
        return listed;
    }

    private static String name(StoredMessage message) {
        return message.state().message().toString();
    }

    /** In steps of an hour as often as not, so that the limits themselves are hit. */
    private static Instant anyTime(Random random) {
        int minutes = random.nextInt(MINUTES);
        return START.plus(Duration.ofMinutes(random.nextBoolean() ? minutes : minutes / 60 * 60));
    }
}
