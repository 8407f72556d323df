package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.Charged;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.catalog.OwnFile;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.query.MessageErrors;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.state.StuckReason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The views say what the states, the events and the catalogue say. A subclass names the database. */
public abstract class ViewsContract {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final AccountName MAIN = new AccountName(Histories.PROVIDER, "main");
    private static final AccountName SECOND = new AccountName(Histories.PROVIDER, "second");
    private static final Catalogue CATALOGUE =
            OwnFile.read(Catalogue.of(List.of(Histories.PROVIDER)), """
                    provider,code,charged
                    testtel,995,yes
                    testtel,x1,unknown
                    """).catalogue();

    private final MessageErrors errors = new MessageErrors(CATALOGUE);

    protected abstract TestDatabase database();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void viewsSayWhatTheStatesSay(long seed) throws Exception {
        List<MessageKey> keys = fill(new Random(seed));
        database().store().keepCatalogue(CATALOGUE);

        List<Map<String, @Nullable String>> messages = new ArrayList<>();
        List<Map<String, @Nullable String>> recipients = new ArrayList<>();
        List<Map<String, @Nullable String>> tags = new ArrayList<>();
        List<Map<String, @Nullable String>> domains = new ArrayList<>();
        List<RecordedEvent> events = new ArrayList<>();
        for (MessageKey key : keys) {
            StoredMessage stored = database().reads().message(key).orElseThrow();
            MessageState state = MessageState.of(database().reads().history(key));
            messages.add(message(state, stored.flag()));
            state.recipients().forEach(recipient -> recipients.add(recipient(key, recipient)));
            state.labels().tags().forEach(tag -> tags.add(label(key, "tag", tag)));
            state.labels().linkDomains().forEach(domain -> domains.add(label(key, "link_domain", domain)));
            events.addAll(database().reads().history(key).events());
        }
        events.sort(Comparator.comparing(RecordedEvent::sequence));

        same("SELECT * FROM messages ORDER BY provider, id", messages);
        same("SELECT * FROM recipients ORDER BY provider, id, recipient NULLS LAST", recipients);
        same("SELECT * FROM message_tags ORDER BY provider, id, tag", tags);
        same("SELECT * FROM message_link_domains ORDER BY provider, id, link_domain", domains);
        same(
                "SELECT * FROM transitions ORDER BY sequence",
                events.stream().map(ViewsContract::transition).toList());
        saysSomethingInEveryColumn(messages, recipients);
        exportedRowsAreThoseOfTheMessagesThatMatch();
    }

    private void exportedRowsAreThoseOfTheMessagesThatMatch() throws Exception {
        MessageFilter filter = new MessageFilter.Builder().account("second").build();
        Map<String, CollectedAnswer> answers = new LinkedHashMap<>();
        long count = database()
                .reads()
                .views(
                        filter,
                        name -> {
                            CollectedAnswer answer = new CollectedAnswer();
                            answers.put(name, answer);
                            return answer;
                        },
                        written -> {});
        assertThat(count).isPositive();
        assertThat(answers).hasSize(5);
        for (Map.Entry<String, CollectedAnswer> answer : answers.entrySet()) {
            String sql = "SELECT * FROM " + answer.getKey()
                    + " WHERE (provider, id) IN (SELECT provider, id FROM messages WHERE account = 'second')";
            assertThat(answer.getValue().rows())
                    .as(answer.getKey())
                    .containsExactlyInAnyOrderElementsOf(
                            CollectedAnswer.of(database().reads(), sql));
        }
    }

    @Test
    void viewsOfCallbacksAndAccountsSayWhatCame() throws Exception {
        database()
                .store()
                .commit(List.of(
                        new Incoming(
                                MAIN,
                                Source.WEBHOOK,
                                NOW.plusMillis(7),
                                new RawCallback("GET", "a=1", null, new byte[0]),
                                List.of(),
                                null),
                        new Incoming(
                                SECOND,
                                Source.WEBHOOK,
                                NOW,
                                new RawCallback(
                                        "POST",
                                        null,
                                        "application/json",
                                        "{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8)),
                                List.of(),
                                "no event type")));
        database().store().addTraffic(List.of(new Traffic(Refused.anyAccount(Histories.PROVIDER), NOW, 1)));

        List<Map<String, @Nullable String>> callbacks =
                CollectedAnswer.of(database().reads(), "SELECT * FROM callbacks ORDER BY number");
        Map<String, @Nullable String> quarantined = new LinkedHashMap<>();
        quarantined.put(
                "number",
                Long.toString(database()
                        .reads()
                        .callbacks()
                        .quarantine(Long.MAX_VALUE, 1)
                        .get(0)
                        .number()));
        quarantined.put("provider", "testtel");
        quarantined.put("account", "second");
        quarantined.put("source", "webhook");
        quarantined.put("received_at", "2026-11-25T12:00:00.000Z");
        quarantined.put("method", "POST");
        quarantined.put("media_type", "application/json");
        quarantined.put("bytes", "10");
        quarantined.put("quarantine_reason", "no event type");
        assertThat(callbacks).hasSize(2).last().isEqualTo(quarantined);
        assertThat(callbacks.get(0))
                .containsEntry("account", "main")
                .containsEntry("method", "GET")
                .containsEntry("received_at", "2026-11-25T12:00:00.007Z")
                .containsEntry("bytes", "0")
                .containsEntry("media_type", null)
                .containsEntry("quarantine_reason", null);
        same(
                "SELECT * FROM accounts ORDER BY provider, account",
                List.of(account("main", "2026-11-25T12:00:00.007Z"), account("second", "2026-11-25T12:00:00.000Z")));
    }

    @Test
    void catalogueInTheDatabaseFollowsTheProgram() throws Exception {
        Catalogue brought = Catalogue.of(List.of(Histories.PROVIDER));
        database().store().keepCatalogue(CATALOGUE);
        database().store().keepCatalogue(brought);
        assertThat(CollectedAnswer.of(database().reads(), "SELECT code, charged_always FROM error_code ORDER BY code"))
                .extracting(row -> row.get("code") + " " + row.get("charged_always"))
                .containsExactly("30003 0", "30007 0", "995 0", "x1 0");
        assertThat(CollectedAnswer.of(
                        database().reads(), "SELECT place, provider_status, code FROM charge_rule ORDER BY place"))
                .extracting(row -> row.get("place") + " " + row.get("provider_status") + " " + row.get("code"))
                .containsExactly(
                        "1 failed0 null",
                        "2 failed0 30003",
                        "3 failed0 x1",
                        "4 failed1 4470",
                        "5 failed1 30007",
                        "6 unconfirmed0 null",
                        "7 unconfirmed0 30003");

        database().store().keepCatalogue(Catalogue.of(List.of()));
        assertThat(CollectedAnswer.of(
                        database().reads(), "SELECT code FROM error_code UNION ALL SELECT code FROM charge_rule"))
                .isEmpty();
    }

    private List<MessageKey> fill(Random random) throws StoreException {
        Set<MessageKey> keys = new TreeSet<>();
        for (int i = 0; i < 400; i++) {
            MessageKey key = new MessageKey(Histories.PROVIDER, "m" + random.nextInt(120));
            Source source = Source.values()[random.nextInt(Source.values().length)];
            DeliveryEvent event = freeOfCharge(random, Histories.event(random, key, NOW.minusSeconds(3_600)));
            database()
                    .store()
                    .commit(List.of(new Incoming(
                            random.nextInt(5) == 0 ? SECOND : MAIN,
                            source,
                            NOW.plusMillis(i),
                            new RawCallback("POST", null, null, new byte[0]),
                            List.of(event),
                            null)));
            keys.add(key);
        }
        List<StuckFlag> flags = new ArrayList<>();
        for (MessageKey key : keys) {
            MessageState state = MessageState.of(database().reads().history(key));
            StuckFlag flag = new StuckFlag(
                    key,
                    state.account(),
                    state.from(),
                    state.waitingSince(),
                    NOW,
                    NOW.plusMillis(random.nextInt(1_000)),
                    StuckReason.values()[random.nextInt(StuckReason.values().length)],
                    null,
                    null);
            switch (random.nextInt(3)) {
                case 0 -> flags.add(flag);
                case 1 -> flags.add(flag.ended(StuckFlag.Ending.NEVER_REPORTED, NOW));
                default -> {}
            }
        }
        database().store().flag(flags);
        return List.copyOf(keys);
    }

    /** Some costs are nothing, which tells that a failure was not charged. */
    private static DeliveryEvent freeOfCharge(Random random, DeliveryEvent event) {
        DeliveryEvent.Builder free = DeliveryEvent.of(
                        event.message(), event.direction(), event.progress(), event.providerStatus())
                .errorCode(event.errorCode())
                .cost(new Cost(new BigDecimal("0.00"), "EUR"));
        return event.direction() == Direction.OUTBOUND && random.nextInt(10) == 0 ? free.build() : event;
    }

    private Map<String, @Nullable String> message(MessageState state, @Nullable StuckFlag flag) {
        @Nullable ErrorMeaning error = errors.of(state).orElse(null);
        boolean known = error != null && error.known();
        boolean stuck = flag != null && flag.active() && state.open();
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        row.put("provider", state.message().provider().word());
        row.put("account", state.account().name());
        row.put("id", state.message().id());
        row.put("direction", word(state.direction()));
        row.put("sender", state.from());
        row.put("status", state.status().name());
        row.put("error_code", state.errorCode());
        row.put("error_category", error != null && known ? error.category().word() : null);
        row.put("error_title", error != null && known ? error.title() : null);
        row.put("charged", error == null ? null : error.charged().word());
        row.put("unconfirmed", state.unconfirmed() ? "1" : "0");
        row.put("conflict", state.conflict() ? "1" : "0");
        row.put("segments", state.segments() == 0 ? null : Integer.toString(state.segments()));
        row.put(
                "cost_amount",
                state.cost() == null ? null : CollectedAnswer.text(state.cost().amount()));
        row.put("cost_currency", state.cost() == null ? null : state.cost().currency());
        row.put("reference", state.labels().reference());
        row.put("campaign", state.labels().campaign());
        row.put("registered_at", time(state.registeredAt()));
        row.put("sent_at", time(state.sentAt()));
        row.put("finalized_at", time(state.finalizedAt()));
        row.put("first_event_at", time(state.firstEventAt()));
        row.put("last_event_at", time(state.lastEventAt()));
        row.put("stuck_since", flag != null && stuck ? time(flag.flaggedAt()) : null);
        row.put("stuck_reason", flag != null && stuck ? flag.reason().word() : null);
        return row;
    }

    private static Map<String, @Nullable String> recipient(MessageKey key, RecipientState state) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        row.put("provider", key.provider().word());
        row.put("id", key.id());
        row.put("recipient", state.to() == null ? null : state.to().address());
        row.put("status", state.status().name());
        row.put("provider_status", state.providerStatus());
        row.put("error_code", state.errorCode());
        row.put("unconfirmed", state.unconfirmed() ? "1" : "0");
        row.put("conflict", state.conflict() ? "1" : "0");
        row.put("carrier", state.carrier());
        row.put("updated_at", time(state.updatedAt()));
        return row;
    }

    private static Map<String, @Nullable String> transition(RecordedEvent recorded) {
        DeliveryEvent event = recorded.event();
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        row.put("sequence", Long.toString(recorded.sequence()));
        row.put("provider", event.message().provider().word());
        row.put("account", recorded.account().name());
        row.put("id", event.message().id());
        row.put(
                "recipient",
                event.recipient() == null ? null : event.recipient().address());
        row.put("source", word(recorded.source()));
        row.put("received_at", time(recorded.receivedAt()));
        row.put("occurred_at", time(event.occurredAt()));
        row.put("provider_status", event.providerStatus());
        row.put("status", event.progress().status().name());
        row.put("error_code", event.errorCode());
        row.put("changed", recorded.changed() ? "1" : "0");
        return row;
    }

    private static Map<String, @Nullable String> label(MessageKey key, String name, String label) {
        return Map.of("provider", key.provider().word(), "id", key.id(), name, label);
    }

    private static Map<String, @Nullable String> account(String name, String lastCallback) {
        return Map.of("provider", "testtel", "account", name, "last_callback_at", lastCallback);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : TIME.format(time);
    }

    private void same(String sql, List<Map<String, @Nullable String>> expected) throws Exception {
        assertThat(CollectedAnswer.of(database().reads(), sql)).isEqualTo(expected);
    }

    /** Else a column that is always null, or always the same, would agree by itself. */
    private void saysSomethingInEveryColumn(
            List<Map<String, @Nullable String>> messages, List<Map<String, @Nullable String>> recipients) {
        for (String column : messages.get(0).keySet()) {
            assertThat(messages).as(column).anyMatch(row -> row.get(column) != null);
        }
        for (Charged charged : EnumSet.allOf(Charged.class)) {
            assertThat(messages).anyMatch(row -> charged.word().equals(row.get("charged")));
        }
        for (Progress progress : EnumSet.of(Progress.SENT, Progress.FAILED, Progress.DELIVERED)) {
            assertThat(messages).anyMatch(row -> progress.status().name().equals(row.get("status")));
        }
        assertThat(recipients).anyMatch(row -> row.get("recipient") == null);
        assertThat(recipients).hasSizeGreaterThan(messages.size());
    }
}
