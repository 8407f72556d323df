package dev.sendstatus.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.ApiRefusal;
import dev.sendstatus.store.HookedReads;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.Refused;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TextMessage;
import dev.sendstatus.store.Traffic;
import dev.sendstatus.store.jdbc.Reads;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules over real rows, and what is told. */
abstract class AlertsContract {
    private static final AccountName ACCOUNT = TextMessage.TWILIO;
    private static final Catalogue CATALOGUE = Catalogue.of(List.of(ACCOUNT.provider()));
    private static final String SPAM = "30007";
    private static final String UNREACHABLE = "30003";
    private static final String OPTED_OUT = "21610";
    private static final String SENDER = "+12025550100";

    private TestDatabase database;
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private Disk disk = new Disk(50, 100);
    private int messages;

    abstract TestDatabase database();

    @BeforeEach
    void begin() throws Exception {
        database = database();
        database.store().keepCatalogue(CATALOGUE);
        // Something came lately, so that nothing else is wrong.
        message(now.minus(Duration.ofDays(40)), Progress.DELIVERED, null, now.minus(Duration.ofDays(40)));
    }

    private Alerts alerts(String... off) {
        return alerts(database.reads(), off);
    }

    private Alerts alerts(Reads reads, String... off) {
        return new Alerts(
                database.store(),
                reads,
                new AlertSettings(Set.of(off), Duration.ofDays(1), null),
                new Alerts.Watched(List.of(ACCOUNT), Set.of("main"), () -> Optional.of(disk)),
                CATALOGUE,
                severity -> List.of("chat", "mail"),
                () -> now);
    }

    private void look() throws StoreException {
        alerts().look();
    }

    private void lookFor(Duration time) throws StoreException {
        Alerts alerts = alerts();
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plusSeconds(60)) {
            alerts.look();
        }
    }

    private List<String> told() throws Exception {
        return database.texts("SELECT channel || ' ' || subject FROM notice ORDER BY created_at, subject, channel");
    }

    private List<String> open() throws StoreException {
        return database.reads().alerts().open().stream()
                .map(alert -> alert.state() + " " + alert.rule() + " " + alert.key())
                .toList();
    }

    private Incoming outcome(Instant sent, Progress progress, @Nullable String code, Instant at) {
        return incoming(event(sent, progress, code, at).from(SENDER), at);
    }

    private DeliveryEvent.Builder event(Instant sent, Progress progress, @Nullable String code, Instant at) {
        DeliveryEvent.Builder event = DeliveryEvent.of(
                        new MessageKey(ACCOUNT.provider(), "m" + messages++), Direction.OUTBOUND, progress, "word")
                .to("+12025550123")
                .sentAt(sent)
                .occurredAt(at);
        if (code != null) {
            event.errorCode(code);
        }
        return event;
    }

    private static Incoming incoming(DeliveryEvent.Builder event, Instant at) {
        return new Incoming(
                ACCOUNT,
                Source.WEBHOOK,
                at,
                new RawCallback("POST", null, null, new byte[0]),
                List.of(event.build()),
                null);
    }

    private void message(Instant sent, Progress progress, @Nullable String code, Instant at) throws StoreException {
        database.store().commit(List.of(outcome(sent, progress, code, at)));
    }

    /** So many bad ones of these, evenly. */
    private void batch(int count, int bad, String code, Instant from) throws StoreException {
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean failed = i * bad / count != (i + 1) * bad / count;
            Instant at = from.plusSeconds(i);
            batch.add(outcome(at, failed ? Progress.FAILED : Progress.DELIVERED, failed ? code : null, at));
        }
        database.store().commit(batch);
    }

    /** Twelve days of sixty messages, of which one fails of each kind. */
    private void history() throws StoreException {
        for (int day = 14; day >= 3; day--) {
            Instant at = now.minus(Duration.ofDays(day));
            batch(57, 0, "", at);
            for (String code : List.of(SPAM, UNREACHABLE, OPTED_OUT)) {
                message(at, Progress.FAILED, code, at);
            }
        }
    }

    @Test
    void aSpamFilterIsToldWithinTenMinutesOnceAndItsEndOnce() throws Exception {
        history();
        look();
        assertThat(open()).isEmpty();
        batch(100, 30, SPAM, now);
        lookFor(Duration.ofMinutes(5));
        assertThat(open()).as("nothing has settled").isEmpty();
        lookFor(Duration.ofMinutes(10));
        assertThat(open()).containsExactly("FIRING spam_filter twilio/main");
        Alert alert = database.reads().alerts().open().get(0);
        assertThat(alert.text())
                .contains("30 of 100 messages were taken for spam: 30 %, usually 1.7 %. Mostly: from=" + SENDER);
        assertThat(alert.advice()).startsWith("You: change the text");
        assertThat(alert.usual()).isBetween(0.01, 0.02);
        assertThat(told())
                .containsExactly("chat alert/" + alert.id() + "/fired", "mail alert/" + alert.id() + "/fired");
        for (int i = 0; i < 12; i++) {
            batch(60, 0, "", now);
            lookFor(Duration.ofMinutes(10));
        }
        assertThat(open()).isEmpty();
        assertThat(told())
                .hasSize(4)
                .endsWith("chat alert/" + alert.id() + "/resolved", "mail alert/" + alert.id() + "/resolved");
        assertThat(database.reads().alerts().one(alert.id()).orElseThrow().resolvedAt())
                .isNotNull();
    }

    /** In each second one message of them, and nine of others. */
    @Test
    void aSenderALinkDomainACarrierAndACampaignAreJudgedByThemselves() throws Exception {
        List<Incoming> sent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Instant at = now.plusSeconds(i / 10);
            boolean spam = i % 30 == 0;
            DeliveryEvent.Builder event =
                    event(at, spam ? Progress.FAILED : Progress.DELIVERED, spam ? SPAM : null, at);
            String name = i % 10 == 0 ? "bad" : "good" + i % 10;
            sent.add(incoming(
                    event.from(name)
                            .carrier(name)
                            .registration(
                                    new Registration(List.of(), null, name, List.of(), List.of(name + ".example"))),
                    at));
        }
        database.store().commit(sent);
        lookFor(Duration.ofMinutes(10));
        assertThat(open())
                .containsExactlyInAnyOrder(
                        "FIRING spam_filter twilio/main from=bad",
                        "FIRING spam_filter twilio/main link_domain=bad.example",
                        "FIRING spam_filter twilio/main carrier=bad",
                        "FIRING spam_filter twilio/main campaign=bad");
        assertThat(database.reads().alerts().open())
                .allSatisfy(alert -> assertThat(alert.text()).contains("34 of 100 messages were taken for spam"));
    }

    @Test
    void anAccountWhoseReceiptsTakeAnHourIsJudgedAfterAnHour() throws Exception {
        history();
        look();
        Instant yesterday = now.minus(Duration.ofDays(1));
        List<Incoming> slow = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            slow.add(outcome(yesterday.minus(Duration.ofMinutes(50)), Progress.DELIVERED, null, yesterday));
        }
        database.store().commit(slow);
        look();
        batch(100, 30, SPAM, now);
        lookFor(Duration.ofMinutes(59));
        assertThat(open()).doesNotContain("FIRING spam_filter twilio/main");
        lookFor(Duration.ofMinutes(10));
        assertThat(open()).contains("FIRING spam_filter twilio/main");
    }

    @Test
    void requestsThatAreRefusedMuteTheRates() throws Exception {
        history();
        look();
        batch(100, 40, SPAM, now);
        refuse(200);
        lookFor(Duration.ofMinutes(14));
        assertThat(open()).containsExactly("FIRING refused twilio/main");
        assertThat(severities()).containsExactly("CRITICAL refused");
    }

    private List<String> severities() throws StoreException {
        return database.reads().alerts().open().stream()
                .map(alert -> alert.severity() + " " + alert.rule())
                .toList();
    }

    @Test
    void failuresAndOptOutsAreToldAboveTheirBoundsAndNotBelow() throws Exception {
        history();
        batch(100, 14, UNREACHABLE, now);
        lookFor(Duration.ofMinutes(15));
        assertThat(open()).as("seven of each fifty").isEmpty();
        batch(100, 34, UNREACHABLE, now);
        lookFor(Duration.ofMinutes(15));
        assertThat(open()).containsExactly("FIRING delivery_rate twilio/main");
        assertThat(database.reads().alerts().open().get(0).advice()).startsWith("Most often: 30003 ");
        batch(200, 50, OPTED_OUT, now);
        lookFor(Duration.ofMinutes(15));
        assertThat(open()).contains("FIRING opt_out twilio/main");
    }

    @Test
    void oneBadLookIsPendingAndForgotten() throws Exception {
        history();
        batch(50, 20, UNREACHABLE, now);
        lookFor(Duration.ofMinutes(12));
        assertThat(open()).contains("PENDING delivery_rate twilio/main");
        batch(120, 0, "", now);
        lookFor(Duration.ofMinutes(15));
        assertThat(open()).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void whatIsStillOnItsWayCountsAmongAll() throws Exception {
        history();
        batch(40, 40, UNREACHABLE, now);
        List<Incoming> sent = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            sent.add(outcome(now, Progress.SENT, null, now.plusSeconds(i / 4)));
        }
        database.store().commit(sent);
        lookFor(Duration.ofMinutes(15));
        assertThat(open()).as("the last looks have no failure").doesNotContain("FIRING delivery_rate twilio/main");
    }

    @Test
    void slowReceiptsAreTold() throws Exception {
        for (int day = 14; day >= 3; day--) {
            batch(60, 0, "", now.minus(Duration.ofDays(day)));
        }
        look();
        List<Incoming> late = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            late.add(outcome(now, i % 4 == 0 ? Progress.SENT : Progress.DELIVERED, null, now.plusSeconds(i)));
        }
        database.store().commit(late);
        lookFor(Duration.ofMinutes(15));
        assertThat(open()).containsExactly("FIRING slow_receipts twilio/main");
        assertThat(database.reads().alerts().open().get(0).text()).contains("had no final report after 5 min");
    }

    @Test
    void nothingThatComesIsSilenceAndMutesTheRates() throws Exception {
        history();
        List<Traffic> traffic = new ArrayList<>();
        for (int hour = 0; hour < 24 * 30; hour++) {
            traffic.add(new Traffic(ACCOUNT, now.minus(Duration.ofHours(hour)), 20));
        }
        database.store().addTraffic(traffic);
        // Only what is accepted says when the last one came.
        accept(now);
        batch(100, 40, SPAM, now);
        lookFor(Duration.ofMinutes(29));
        assertThat(open()).containsExactly("FIRING spam_filter twilio/main");
        lookFor(Duration.ofMinutes(45));
        assertThat(open()).containsExactly("FIRING spam_filter twilio/main", "FIRING silence twilio/main");
        assertThat(severities()).containsExactly("WARNING spam_filter", "CRITICAL silence");
        batch(200, 180, UNREACHABLE, now.minusSeconds(1_000));
        lookFor(Duration.ofMinutes(10));
        assertThat(open()).as("no rate is told of a silent account").doesNotContain("FIRING delivery_rate twilio/main");
        accept(now);
        lookFor(Duration.ofMinutes(20));
        assertThat(open()).doesNotContain("FIRING silence twilio/main");
    }

    private void accept(Instant at) throws StoreException {
        database.store()
                .accept(
                        List.of(new AcceptedCallback(
                                ACCOUNT,
                                at,
                                new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8)))),
                        at);
        database.store()
                .apply(
                        10,
                        (callback, source) -> new Incoming(
                                callback.account(), source, callback.receivedAt(), callback.raw(), List.of(), null));
    }

    @Test
    void aFifthOfRefusedRequestsIsTold() throws Exception {
        refuse(100);
        look();
        assertThat(open()).as("nobody knows when these came").isEmpty();
        now = now.plusSeconds(60);
        refuse(9);
        look();
        assertThat(open()).isEmpty();
        refuse(1);
        now = now.plusSeconds(60);
        look();
        assertThat(open()).containsExactly("FIRING refused twilio/main");
        assertThat(database.reads().alerts().open().get(0).text())
                .contains("10 of 10 requests", "another account's key fits.");
        lookFor(Duration.ofMinutes(40));
        assertThat(open()).isEmpty();
        for (int i = 0; i < 41; i++) {
            accept(now);
        }
        refuse(10);
        look();
        assertThat(open()).as("less than a fifth").isEmpty();
    }

    private void refuse(int count) throws StoreException {
        database.store().addRefused(List.of(new Refused(ACCOUNT, "wrong", count, now, "another account's key fits")));
    }

    @Test
    void theOtherRulesFireAndResolve() throws Exception {
        look();
        // A callback that nobody understands.
        TestDatabase data = database;
        data.store()
                .commit(List.of(new Incoming(
                        ACCOUNT,
                        Source.WEBHOOK,
                        now,
                        new RawCallback("POST", null, null, new byte[0]),
                        List.of(),
                        "new event")));
        data.store()
                .addErrorCodes(List.of(
                        new SeenErrorCode(ACCOUNT.provider(), "99999", 3, now),
                        new SeenErrorCode(ACCOUNT.provider(), SPAM, 3, now)));
        data.store().alerts().noteApiRefused(new ApiRefusal(ACCOUNT, now, "HTTP 401"));
        relay(RelayEndpoint.State.FAILING);
        disk = new Disk(9, 100);
        look();
        assertThat(open())
                .containsExactlyInAnyOrder(
                        "PENDING quarantine twilio/main",
                        "FIRING new_error_code twilio 99999",
                        "FIRING reconcile twilio/main",
                        "PENDING relay main",
                        "FIRING storage disk");
        lookFor(Duration.ofMinutes(16));
        assertThat(open()).contains("FIRING quarantine twilio/main", "FIRING relay main");
        assertThat(severities())
                .containsExactlyInAnyOrder(
                        "WARNING quarantine",
                        "INFO new_error_code",
                        "WARNING reconcile",
                        "WARNING relay",
                        "CRITICAL storage");
        long sent = told().size();
        relay(RelayEndpoint.State.GONE);
        look();
        assertThat(data.reads().alerts().open().stream()
                        .filter(alert -> alert.rule().equals("relay")))
                .allSatisfy(alert -> assertThat(alert.severity().name()).isEqualTo("CRITICAL"));
        assertThat(told()).as("whoever was told is not told again").hasSize((int) sent);
        data.update("UPDATE callback SET quarantine_reason = NULL");
        data.update("DELETE FROM error_seen");
        data.store().alerts().forgetApiRefused(ACCOUNT);
        relay(RelayEndpoint.State.ACTIVE);
        disk = new Disk(10, 100);
        lookFor(Duration.ofMinutes(17));
        assertThat(open()).isEmpty();
        assertThat(told()).hasSize(20);
    }

    private void relay(RelayEndpoint.State state) throws Exception {
        database.store().relay().addEndpoint("main", "f", 0);
        database.update("UPDATE relay_endpoint SET state = '" + state.name().toLowerCase(java.util.Locale.ROOT)
                + "', failing_since = " + now.toEpochMilli());
    }

    @Test
    void aDiskThatFillsWithinAWeekIsTold() throws Exception {
        disk = new Disk(1_000_000, 1_100_000);
        for (int day = 0; day < 5; day++) {
            look();
            now = now.plus(Duration.ofDays(1));
            disk = new Disk(disk.free() - 50_000, disk.total());
        }
        assertThat(open()).isEmpty();
        disk = new Disk(300_000, disk.total());
        look();
        assertThat(open()).containsExactly("FIRING storage disk");
        assertThat(database.reads().alerts().open().get(0).text()).contains("full in 2 days");
    }

    @Test
    void callbacksThatWaitToBeAppliedAreTold() throws Exception {
        database.store()
                .accept(
                        List.of(new AcceptedCallback(ACCOUNT, now, new RawCallback("POST", null, null, new byte[0]))),
                        now);
        now = now.plusSeconds(60);
        look();
        assertThat(open()).isEmpty();
        now = now.plusSeconds(1);
        look();
        assertThat(open()).containsExactly("FIRING apply_behind apply");
    }

    @Test
    void moreThanUsualThatAreNeverReportedAreTold() throws Exception {
        giveUp(10, now.minus(Duration.ofDays(2)));
        giveUp(10, now.minus(Duration.ofHours(30)));
        giveUp(19, now.minusSeconds(60));
        look();
        assertThat(open()).isEmpty();
        giveUp(11, now.minusSeconds(30));
        look();
        assertThat(open()).containsExactly("FIRING never_reported twilio/main");
    }

    private void giveUp(int count, Instant at) throws StoreException {
        List<StuckFlag> flags = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Incoming sent = outcome(at.minus(Duration.ofDays(7)), Progress.SENT, null, at.minus(Duration.ofDays(7)));
            database.store().commit(List.of(sent));
            flags.add(new StuckFlag(
                    sent.events().get(0).message(),
                    ACCOUNT,
                    null,
                    at.minus(Duration.ofDays(7)),
                    at,
                    at,
                    StuckReason.SENT_NO_RECEIPT,
                    StuckFlag.Ending.NEVER_REPORTED,
                    at));
        }
        database.store().flag(flags);
    }

    @Test
    void itIsRemindedOnceADayAndSilencedUntilATime() throws Exception {
        disk = new Disk(1, 100);
        look();
        now = now.plus(Duration.ofHours(23));
        look();
        assertThat(told()).hasSize(2);
        now = now.plus(Duration.ofHours(1));
        look();
        look();
        assertThat(told()).hasSize(4).contains("chat alert/1/reminder/2026-12-01");
        assertThat(database.store().alerts().silence(1, now.plus(Duration.ofDays(3)), "known"))
                .isTrue();
        for (int day = 0; day < 3; day++) {
            now = now.plus(Duration.ofHours(23));
            look();
        }
        assertThat(told()).hasSize(4);
        now = now.plus(Duration.ofHours(4));
        look();
        assertThat(told()).hasSize(6).contains("mail alert/1/reminder/2026-12-04");
    }

    @Test
    void whatEndsWhileItIsSilencedIsNotTold() throws Exception {
        disk = new Disk(1, 100);
        look();
        database.store().alerts().silence(1, now.plus(Duration.ofDays(3)), null);
        disk = new Disk(50, 100);
        lookFor(Duration.ofMinutes(17));
        assertThat(open()).isEmpty();
        assertThat(told()).hasSize(2);
        assertThat(database.store().alerts().silence(1, now.plus(Duration.ofDays(3)), null))
                .isFalse();
    }

    @Test
    void whatComesAndGoesIsToldOnce() throws Exception {
        Alerts alerts = alerts();
        for (int i = 0; i < 36; i++) {
            disk = new Disk(i % 2 == 0 ? 5 : 50, 100);
            alerts.look();
            now = now.plus(Duration.ofMinutes(5));
        }
        disk = new Disk(50, 100);
        lookFor(Duration.ofMinutes(17));
        assertThat(told())
                .containsExactly(
                        "chat alert/1/fired", "mail alert/1/fired", "chat alert/1/resolved", "mail alert/1/resolved");
    }

    @Test
    void aRuleThatIsSwitchedOffSaysNothingAndItsAlertEndsQuietly() throws Exception {
        disk = new Disk(1, 100);
        alerts("storage").look();
        assertThat(open()).isEmpty();
        look();
        assertThat(open()).hasSize(1);
        alerts("storage").look();
        assertThat(open()).isEmpty();
        assertThat(told()).hasSize(2);
    }

    @Test
    void aRuleWhoseQuestionFailsChangesNothingAndTheOthersGoOn() throws Exception {
        database.store().alerts().noteApiRefused(new ApiRefusal(ACCOUNT, now, "HTTP 401"));
        look();
        database.update("ALTER TABLE api_refused RENAME TO elsewhere");
        disk = new Disk(1, 100);
        assertThatThrownBy(() -> lookFor(Duration.ofMinutes(1))).isInstanceOf(StoreException.class);
        now = now.plus(Duration.ofMinutes(30));
        assertThatThrownBy(this::look).isInstanceOf(StoreException.class);
        assertThat(open()).containsExactlyInAnyOrder("FIRING reconcile twilio/main", "FIRING storage disk");
        database.update("ALTER TABLE elsewhere RENAME TO api_refused");
    }

    /** Each minute three nodes look at the same time, and each may die before any of its questions. */
    @Test
    void ofManyNodesThatDieAtRandomOneTellsEachTransition() throws Exception {
        history();
        batch(100, 30, SPAM, now);
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        AtomicInteger whole = new AtomicInteger();
        try {
            for (int minute = 0; minute < 45; minute++) {
                disk = new Disk(minute < 20 ? 1 : 50, 100);
                CyclicBarrier together = new CyclicBarrier(3);
                List<Future<Boolean>> looks = new ArrayList<>();
                for (int node = 0; node < 3; node++) {
                    long seed = minute * 3L + node;
                    looks.add(nodes.submit(() -> lookAndDie(new Random(seed), together, whole)));
                }
                for (Future<Boolean> look : looks) {
                    look.get();
                }
                now = now.plusSeconds(60);
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(whole.get()).as("looks that nobody cut short").isBetween(10, 125);
        // The last word is with a node that lives.
        lookFor(Duration.ofMinutes(20));
        assertThat(database.reads().alerts().page(null, Long.MAX_VALUE, 10)).hasSize(2);
        assertThat(told()).doesNotHaveDuplicates().hasSize(6);
        assertThat(database.texts("SELECT sum(messages) FROM ("
                        + "SELECT messages FROM outcome WHERE dimension = 'account' UNION ALL "
                        + "SELECT messages FROM outcome_batch WHERE dimension = 'account') counted"))
                .as("each message is counted once")
                .containsExactly("821");
    }

    private boolean lookAndDie(Random random, CyclicBarrier together, AtomicInteger whole) throws Exception {
        AtomicInteger left = new AtomicInteger(random.nextInt(200));
        try (Reads reads = Reads.open(HookedReads.of(database.dialect(), () -> {
            if (left.getAndDecrement() <= 0) {
                throw new SQLException("killed", "XX000");
            }
        }))) {
            Alerts alerts = alerts(reads);
            together.await();
            alerts.look();
            return whole.incrementAndGet() > 0;
        } catch (StoreException e) {
            return false;
        }
    }

    @Test
    void numbersInTheMetricAreMasked() throws Exception {
        Alert alert = AlertStates.pending(
                RuleName.SPAM_FILTER,
                Finding.of(
                        "twilio/main from=+12025550123",
                        dev.sendstatus.store.Severity.WARNING,
                        true,
                        now,
                        0.3,
                        0.1,
                        "t",
                        "a"));
        database.store().alerts().add(alert);
        Alert stored = database.reads().alerts().open().get(0);
        database.store().alerts().change(stored, stored.in(Alert.State.FIRING, now), null, List.of());
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new FiringMeter(database.reads(), meters).update();
        assertThat(meters.scrape())
                .contains("sendstatus_alert_firing{key=\"twilio/main from=…0123\",rule=\"spam_filter\"} 1.0")
                .contains("sendstatus_alert_firing{key=\"\",rule=\"relay\"} 0.0")
                .doesNotContain("2025550123");
    }

    @Test
    void whatIsOldGoes() throws Exception {
        disk = new Disk(1, 100);
        look();
        disk = new Disk(50, 100);
        lookFor(Duration.ofMinutes(17));
        assertThat(database.reads().alerts().one(1)).isPresent();
        history();
        look();
        now = now.plus(Duration.ofDays(91));
        look();
        assertThat(database.reads().alerts().one(1)).isEmpty();
        assertThat(database.texts("SELECT name FROM outcome UNION ALL SELECT name FROM outcome_batch"))
                .isEmpty();
    }
}
