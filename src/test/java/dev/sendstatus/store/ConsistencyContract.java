package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.store.jdbc.Consistency;
import dev.sendstatus.store.jdbc.Consistency.Difference;
import dev.sendstatus.store.jdbc.Erasure;
import dev.sendstatus.store.jdbc.Erasure.Erased;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the rows of messages say what their events say, and that it is noticed where they do not. A subclass names a database. */
public abstract class ConsistencyContract {
    private static final Instant NOW = HousekeepingContract.NOW;

    protected abstract TestDatabase database();

    private Store store() {
        return database().store();
    }

    static List<Difference> differences(Reads reads) throws StoreException {
        Consistency consistency = reads.consistency();
        List<Difference> differences = new ArrayList<>();
        while (consistency.more()) {
            differences.addAll(consistency.next());
        }
        assertThat(consistency.progress()).isEqualTo(1);
        return differences;
    }

    private static Incoming incoming(int number, Random random) {
        Instant at = NOW.minus(Duration.ofDays(60)).plus(Duration.ofHours(number));
        List<DeliveryEvent> events = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            events.add(Histories.event(random, HousekeepingContract.key("m" + random.nextInt(60)), at));
        }
        String account = random.nextInt(5) == 0 ? "second" : "main";
        RawCallback raw =
                new RawCallback("POST", null, null, (number + ": " + events).getBytes(StandardCharsets.UTF_8));
        return new Incoming(
                new AccountName(Histories.PROVIDER, account),
                random.nextInt(5) == 0 ? Source.REGISTRATION : Source.WEBHOOK,
                at,
                raw,
                events,
                events.isEmpty() ? "not understood" : null);
    }

    /** Callbacks, repeats, registrations, replays, erasures, retention and restarts, in any order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void afterRandomTrafficNothingDiffers(long seed) throws StoreException {
        Random random = new Random(seed);
        List<Incoming> all = new ArrayList<>();
        Store.Interpreter interpreter = (callback, source) -> {
            String body = new String(callback.raw().body(), StandardCharsets.UTF_8);
            return all.get(Integer.parseInt(body.substring(0, body.indexOf(':'))));
        };
        for (int turn = 0; turn < 300; turn++) {
            List<Incoming> batch = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                if (!all.isEmpty() && random.nextInt(4) == 0) {
                    batch.add(all.get(random.nextInt(all.size())));
                } else {
                    batch.add(incoming(all.size(), random));
                    all.add(batch.get(batch.size() - 1));
                }
            }
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> store().commit(batch);
                case 3 ->
                    store().replay(
                                    database().reads().callbacks().since(Instant.EPOCH, random.nextInt(all.size()), 20),
                                    interpreter);
                case 4 -> erase("+1202555014" + (3 + random.nextInt(2)));
                case 5 ->
                    store().housekeeping()
                            .removeRaw(all.get(random.nextInt(all.size())).receivedAt(), 10);
                case 6 ->
                    store().housekeeping()
                            .removeMessages(all.get(random.nextInt(all.size())).receivedAt(), 5);
                default -> {
                    store().accept(
                                    batch.stream()
                                            .map(one ->
                                                    new AcceptedCallback(one.account(), one.receivedAt(), one.raw()))
                                            .toList(),
                                    NOW);
                    store().apply(random.nextInt(20), interpreter);
                }
            }
            if (random.nextInt(60) == 0) {
                database().reopen();
            }
        }
        while (database().reads().callbacks().newestWaiting() != null) {
            store().apply(20, interpreter);
        }
        assertThat(differences(database().reads())).isEmpty();
        Consistency consistency = database().reads().consistency();
        assertThat(consistency.next()).isEmpty();
        assertThat(consistency.checked()).isPositive();
        assertThat(consistency.damage()).isEmpty();
    }

    private void erase(String number) throws StoreException {
        try (Erasure erasure =
                store().housekeeping().erasure(PhoneNumber.of(number).orElseThrow())) {
            Erased erased = Erased.NOTHING;
            while (erased.more()) {
                erased = erasure.step(5);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE message SET status = 'ERROR' WHERE provider_id = 'm7'            | status: ERROR, by its events DELIVERED
            UPDATE message SET error_code = '30003' WHERE provider_id = 'm7'        | error_code: 30003, by its events none
            UPDATE message SET sender = NULL WHERE provider_id = 'm7'               | from: none, by its events +12025550199
            UPDATE message SET waiting_since = 5 WHERE provider_id = 'm7'           | waiting_since: 1970-01-01T00:00:00.005Z, by its events none
            UPDATE message SET last_received_at = 5 WHERE provider_id = 'm7'        | last_received_at: 1970-01-01T00:00:00.005Z, by its events 2026-11-25T12:00:00Z
            UPDATE recipient SET carrier = 'AT&T' WHERE message_id = 7              | by its events +12025550143 delivered DELIVERED 2026-11-25T12:00:00Z
            DELETE FROM recipient WHERE message_id = 7                              | recipients: none, by its events +12025550143
            INSERT INTO message_tag (message_id, tag) VALUES (7, 'vip')             | tags: vip, by its events none
            INSERT INTO message_link_domain (message_id, link_domain) VALUES (7, 'a.b') | link_domains: a.b, by its events none
            UPDATE event SET cost_amount = 'much', cost_currency = 'USD' WHERE message_id = 7 | its rows hold a value that cannot be read
            UPDATE event SET registration = '{' WHERE message_id = 7                | its rows hold a value that cannot be read
            DELETE FROM event WHERE message_id = 7                                  | it has no event
            """)
    void aChangedRowIsNamed(String sql, String what) throws Exception {
        commitSome();
        assertThat(database().update(sql)).isPositive();
        assertThat(differences(database().reads())).singleElement().satisfies(difference -> {
            assertThat(difference.where()).isEqualTo("testtel m7");
            assertThat(difference.what()).contains(what);
        });
    }

    @Test
    void rowsOfAMessageThatIsGoneAreNamed() throws Exception {
        commitSome();
        database().update("DELETE FROM message WHERE provider_id IN ('m7', 'm1199')");
        assertThat(differences(database().reads()))
                .extracting(Difference::toString)
                .containsExactlyInAnyOrder(
                        "event, message_id 7: there is no such message",
                        "recipient, message_id 7: there is no such message",
                        "event, message_id 1199: there is no such message",
                        "recipient, message_id 1199: there is no such message");
    }

    /** More than a step looks at. They are numbered by their ids, as long as those sort like numbers. */
    private void commitSome() throws StoreException {
        for (int from = 1; from <= 1_200; from = from < 10 ? 10 : from < 100 ? 100 : from < 1_000 ? 1_000 : 1_201) {
            List<Incoming> batch = new ArrayList<>();
            for (int i = from; i < Math.min(1_201, from * 10); i++) {
                batch.add(HousekeepingContract.at(NOW, HousekeepingContract.event("m" + i, Progress.DELIVERED)));
            }
            store().commit(batch);
        }
    }

    @Test
    void anEmptyDatabaseIsInOrder() throws StoreException {
        assertThat(differences(database().reads())).isEmpty();
    }
}
