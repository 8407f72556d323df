package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.Charged;
import dev.sendstatus.catalog.OwnFile;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.sweep.StuckSettings;
import dev.sendstatus.sweep.Sweeper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The views say what the API says. A subclass names the database. */
public abstract class ViewsContract {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final AccountName MAIN = new AccountName(Histories.PROVIDER, "main");
    private static final AccountName SECOND = new AccountName(Histories.PROVIDER, "second");
    private static final AccountName UNHEARD = new AccountName(Histories.PROVIDER, "unheard");
    private static final int MESSAGES = 250;
    private static final StuckLimits LIMITS =
            new StuckLimits(Duration.ofHours(6), Map.of(SECOND, Duration.ofHours(5)), Duration.ofDays(7));
    private static final Catalogue CATALOGUE =
            OwnFile.read(Catalogue.of(List.of(Histories.PROVIDER)), """
                    provider,code,charged
                    testtel,995,yes
                    testtel,x1,unknown
                    """).catalogue();

    private static final MessageDocument DOCUMENT = new MessageDocument(SendStatus.SENT, CATALOGUE, LIMITS);

    /** The database's own clock decides in the views whether a provider is silent. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    protected abstract TestDatabase database();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void viewsSayWhatTheApiSays(long seed) throws Exception {
        Random random = new Random(seed);
        database().store().keepCatalogue(CATALOGUE);
        Set<MessageKey> keys = new TreeSet<>();
        say(random, 400, keys);
        sweep();
        // Then some settle, others come further, some are open again, and some turn out to wait since another time.
        say(random, 150, keys);
        leaveUnread(random);
        sweep();
        saysSomethingInEveryColumn(compare(keys));
        exportedRowsAreThoseOfTheMessagesThatMatch();
    }

    /** @return the rows of messages */
    private List<Map<String, @Nullable String>> compare(Set<MessageKey> keys) throws Exception {
        Set<MessageKey> unconfirmed =
                found(new MessageFilter.Builder().unconfirmed(true).build());
        Set<MessageKey> conflicts =
                found(new MessageFilter.Builder().conflict(true).build());
        List<Map<String, @Nullable String>> messages = new ArrayList<>();
        List<Map<String, @Nullable String>> recipients = new ArrayList<>();
        List<Map<String, @Nullable String>> tags = new ArrayList<>();
        List<Map<String, @Nullable String>> domains = new ArrayList<>();
        List<Map<String, @Nullable String>> transitions = new ArrayList<>();
        for (MessageKey key : keys) {
            JsonNode api = DOCUMENT.message(database().reads().message(key).orElseThrow(), now);
            messages.add(message(api, unconfirmed.contains(key), conflicts.contains(key)));
            api.path("recipients").forEach(recipient -> recipients.add(recipient(api, recipient)));
            api.path("tags").forEach(tag -> tags.add(label(key, "tag", tag.asText())));
            api.path("link_domains").forEach(domain -> domains.add(label(key, "link_domain", domain.asText())));
            MessageHistory history = database().reads().history(key);
            JsonNode events = DOCUMENT.events(history);
            for (int i = 0; i < events.size(); i++) {
                transitions.add(transition(api, history.events().get(i).account(), events.get(i)));
            }
        }
        transitions.sort(Comparator.comparing(row -> Long.valueOf(Objects.requireNonNull(row.get("sequence")))));

        same("SELECT * FROM messages ORDER BY provider, id", messages);
        same("SELECT * FROM recipients ORDER BY provider, id, recipient NULLS LAST", recipients);
        same("SELECT * FROM message_tags ORDER BY provider, id, tag", tags);
        same("SELECT * FROM message_link_domains ORDER BY provider, id, link_domain", domains);
        same("SELECT * FROM transitions ORDER BY sequence", transitions);
        assertThat(recipients).anyMatch(row -> row.get("recipient") == null);
        assertThat(recipients).hasSizeGreaterThan(messages.size());
        return messages;
    }

    private Set<MessageKey> found(MessageFilter filter) throws StoreException {
        return database().reads().page(filter, null, 1_000).messages().stream()
                .map(message -> message.state().message())
                .collect(Collectors.toSet());
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

    private void sweep() throws StoreException {
        StuckSettings settings = new StuckSettings(LIMITS, Duration.ofMinutes(5));
        new Sweeper(database().store(), database().reads(), settings, () -> now).sweep();
    }

    /** Of the second account nothing comes any more, and of the third one nothing ever came. */
    private void say(Random random, int events, Set<MessageKey> keys) throws StoreException {
        for (int i = 0; i < events; i++) {
            MessageKey key = new MessageKey(Histories.PROVIDER, "m" + random.nextInt(MESSAGES));
            AccountName account = List.of(MAIN, MAIN, MAIN, SECOND, UNHEARD).get(random.nextInt(5));
            Source source =
                    account == UNHEARD ? Source.REGISTRATION : Source.values()[random.nextInt(Source.values().length)];
            DeliveryEvent event = freeOfCharge(random, Histories.event(random, key, now.minus(age(random))));
            database()
                    .store()
                    .commit(List.of(new Incoming(
                            account,
                            source,
                            now.minus(Duration.ofHours(account == SECOND ? 8 : 1))
                                    .plusMillis(i),
                            new RawCallback("POST", null, null, new byte[0]),
                            List.of(event),
                            null)));
            keys.add(key);
        }
    }

    /** Some are stuck, some are given up, and some times cannot be. */
    private static Duration age(Random random) {
        return Duration.ofHours(List.of(1, 10, 11, 12, 24 * 8, -48).get(random.nextInt(6)));
    }

    private void leaveUnread(Random random) throws StoreException {
        for (AccountName account : List.of(MAIN, new AccountName(new Provider("other"), "main"))) {
            List<String> unread = Stream.generate(() -> "m" + random.nextInt(MESSAGES))
                    .distinct()
                    .limit(60)
                    .toList();
            database()
                    .store()
                    .commit(List.of(new Incoming(
                            account,
                            Source.WEBHOOK,
                            now,
                            new RawCallback("POST", null, null, new byte[] {1}),
                            List.of(),
                            "not understood",
                            unread)));
        }
    }

    /** Some costs are nothing, which tells that a failure was not charged. */
    private static DeliveryEvent freeOfCharge(Random random, DeliveryEvent event) {
        DeliveryEvent.Builder free = DeliveryEvent.of(
                        event.message(), event.direction(), event.progress(), event.providerStatus())
                .errorCode(event.errorCode())
                .cost(new Cost(new BigDecimal("0.00"), "EUR"));
        return event.direction() == Direction.OUTBOUND && random.nextInt(10) == 0 ? free.build() : event;
    }

    private static Map<String, @Nullable String> message(JsonNode api, boolean unconfirmed, boolean conflict) {
        JsonNode error = api.path("error");
        JsonNode stuck = api.path("stuck");
        // The view has what the sweep has noticed.
        boolean noticed = stuck.path("flagged_at").isTextual();
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        row.put("provider", text(api, "provider"));
        row.put("account", text(api, "account"));
        row.put("id", text(api, "id"));
        row.put("direction", text(api, "direction"));
        row.put("sender", text(api, "from"));
        row.put("status", text(api, "status"));
        row.put("error_code", text(api, "error_code"));
        boolean known = error.isObject()
                && CATALOGUE
                        .find(Histories.PROVIDER, error.path("code").asText())
                        .isPresent();
        row.put("error_category", known ? text(error, "category") : null);
        row.put("error_title", known ? text(error, "title") : null);
        row.put("charged", text(error, "charged"));
        row.put("unconfirmed", unconfirmed ? "1" : "0");
        row.put("conflict", conflict ? "1" : "0");
        row.put("segments", text(api, "segments"));
        String amount = text(api.path("cost"), "amount");
        row.put("cost_amount", amount == null ? null : CollectedAnswer.text(new BigDecimal(amount)));
        row.put("cost_currency", text(api.path("cost"), "currency"));
        row.put("reference", text(api, "reference"));
        row.put("campaign", text(api, "campaign"));
        row.put("registered_at", time(api, "registered_at"));
        row.put("sent_at", time(api, "sent_at"));
        row.put("finalized_at", time(api, "finalized_at"));
        row.put("first_event_at", time(api, "first_event_at"));
        row.put("last_event_at", time(api, "last_event_at"));
        row.put("stuck_since", time(stuck, "flagged_at"));
        row.put("stuck_reason", noticed ? text(stuck, "reason") : null);
        return row;
    }

    private static Map<String, @Nullable String> recipient(JsonNode message, JsonNode api) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        row.put("provider", text(message, "provider"));
        row.put("id", text(message, "id"));
        row.put("recipient", text(api, "to"));
        row.put("status", text(api, "status"));
        row.put("provider_status", text(api, "provider_status"));
        row.put("error_code", text(api, "error_code"));
        row.put("unconfirmed", text(api, "unconfirmed"));
        row.put("conflict", text(api, "conflict"));
        row.put("carrier", text(api, "carrier"));
        row.put("updated_at", time(api, "updated_at"));
        return row;
    }

    private static Map<String, @Nullable String> transition(JsonNode message, AccountName account, JsonNode api) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        row.put("sequence", text(api, "sequence"));
        row.put("provider", text(message, "provider"));
        row.put("account", account.name());
        row.put("id", text(message, "id"));
        row.put("recipient", text(api, "recipient"));
        row.put("source", text(api, "source"));
        row.put("received_at", time(api, "received_at"));
        row.put("occurred_at", time(api, "occurred_at"));
        row.put("provider_status", text(api, "provider_status"));
        row.put("status", text(api, "status"));
        row.put("error_code", text(api, "error_code"));
        row.put("changed", text(api, "changed"));
        return row;
    }

    private static Map<String, @Nullable String> label(MessageKey key, String name, String label) {
        return Map.of("provider", key.provider().word(), "id", key.id(), name, label);
    }

    private static Map<String, @Nullable String> account(String name, String lastCallback) {
        return Map.of("provider", "testtel", "account", name, "last_callback_at", lastCallback);
    }

    /** As an answer is collected. */
    private static @Nullable String text(JsonNode api, String field) {
        JsonNode value = api.path(field);
        return value.isBoolean()
                ? CollectedAnswer.text(value.asBoolean())
                : value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    private static @Nullable String time(JsonNode api, String field) {
        String time = text(api, field);
        return time == null ? null : TIME.format(Instant.parse(time));
    }

    private void same(String sql, List<Map<String, @Nullable String>> expected) throws Exception {
        assertThat(CollectedAnswer.of(database().reads(), sql)).isEqualTo(expected);
    }

    /** Else a column that is always null, or always the same, would agree by itself. */
    private static void saysSomethingInEveryColumn(List<Map<String, @Nullable String>> messages) {
        for (String column : messages.get(0).keySet()) {
            assertThat(messages).as(column).anyMatch(row -> row.get(column) != null);
        }
        for (Charged charged : EnumSet.allOf(Charged.class)) {
            assertThat(messages).anyMatch(row -> charged.word().equals(row.get("charged")));
        }
        for (Progress progress : EnumSet.of(Progress.SENT, Progress.FAILED, Progress.DELIVERED)) {
            assertThat(messages).anyMatch(row -> progress.status().name().equals(row.get("status")));
        }
        for (StuckReason reason : StuckReason.values()) {
            assertThat(messages).anyMatch(row -> reason.word().equals(row.get("stuck_reason")));
        }
    }
}
