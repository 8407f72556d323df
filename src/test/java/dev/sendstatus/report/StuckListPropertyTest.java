package dev.sendstatus.report;

import static dev.sendstatus.store.TextMessage.TELNYX;
import static dev.sendstatus.store.TextMessage.TWILIO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TextMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class StuckListPropertyTest {
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final int MINUTES = 12 * 24 * 60;
    private static final Map<AccountName, Duration> OWN = Map.of(TELNYX, Duration.ofHours(30));
    private static final StuckLimits LIMITS = new StuckLimits(Duration.ofHours(6), OWN, Duration.ofDays(4));

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void listIsWhatTheDefinitionOfStuckSaysForAnyHistoryAndInstant(@ForAll long seed) throws Exception {
        try (TestDatabase database = TestDatabase.opened()) {
            listIsWhatTheDefinitionSays(new Random(seed), database);
        }
    }

    private static void listIsWhatTheDefinitionSays(Random random, TestDatabase database) throws StoreException {
        Set<MessageKey> keys = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            AccountName account = random.nextBoolean() ? TWILIO : TELNYX;
            TextMessage message = TextMessage.in(database.store(), account, "m" + random.nextInt(30));
            keys.add(message.key());
            Progress progress = Progress.values()[random.nextInt(Progress.values().length)];
            Instant occurred = anyTime(random);
            message.say(progress, Source.WEBHOOK, occurred, occurred.plusSeconds(random.nextInt(600)));
        }
        Instant now = anyTime(random);
        StuckReports reports =
                new StuckReports(database.reads(), LIMITS, new ReportSettings(LocalTime.of(6, 0), ZoneOffset.UTC));

        List<MessageHistory> histories = new ArrayList<>();
        for (MessageKey key : keys) {
            histories.add(database.reads().history(key));
        }
        StuckReport report = reports.asOfNow(now);
        Set<String> listed = report.stuck().stream()
                .map(item -> item.message().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).isEqualTo(byDefinition(histories, now));
        assertThat(report.stuck()).isSortedAccordingTo(StuckItem.OLDEST_FIRST);
        assertThat(report.groups().byAccount().stream().mapToLong(Group::count).sum())
                .isEqualTo(report.total());
    }

    /** Outbound, SENT, not unconfirmed, at least as old as the account's threshold, not yet as old as giving up takes. */
    private static Set<String> byDefinition(List<MessageHistory> histories, Instant now) {
        return histories.stream()
                .map(MessageState::of)
                .filter(state -> state.progress().compareTo(Progress.UNCONFIRMED) < 0)
                .filter(state -> {
                    Duration age = Duration.between(state.waitingSince(), now);
                    Duration threshold = OWN.getOrDefault(state.account(), Duration.ofHours(6));
                    return age.compareTo(threshold) >= 0 && age.compareTo(Duration.ofDays(4)) < 0;
                })
                .map(state -> state.message().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** In steps of an hour as often as not, so that the limits themselves are hit. */
    private static Instant anyTime(Random random) {
        int minutes = random.nextInt(MINUTES);
        return START.plus(Duration.ofMinutes(random.nextBoolean() ? minutes : minutes / 60 * 60));
    }
}
