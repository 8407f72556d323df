package dev.sendstatus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.ingest.DirectCommit;
import dev.sendstatus.provider.LookupWindow;
import dev.sendstatus.reconcile.ApiStub.Message;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.ProgressListener;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real HTTP, with the providers' own bodies, and into a real database. */
@Tag("slow")
class ReconcilerTest {
    private static final Instant SENT = Instant.parse("2026-11-25T06:00:00Z");
    private static final StuckLimits LIMITS = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private Store store;
    private Reads reads;

    @SuppressWarnings("NullAway.Init") // each test makes its own
    private ApiStub api;

    @SuppressWarnings("NullAway.Init")
    private AccountName account;

    private Instant now = SENT.plus(Duration.ofHours(7));
    private PassingPace pace = new PassingPace();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void open() throws Exception {
        store = database.store();
        reads = database.reads();
    }

    /** Whatever a test did: everything but GET changes a message at a provider. */
    @AfterEach
    void onlyGetEverWentToAMessage() {
        if (api != null) {
            assertThat(api.requests).allSatisfy(request -> {
                boolean token = String.valueOf(request.getTarget()).endsWith("/oauth2/token");
                assertThat(request.getMethod()).isEqualTo(token ? "POST" : "GET");
            });
            api.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"twilio, 5", "telnyx, 100", "bandwidth, 5"})
    void fiveThousandThatLieTogetherTakeAsFewCallsAsPages(String provider, int pages) throws Exception {
        stuck(provider, 5_000, Duration.ofMillis(100), delivered(provider));
        AccountResult result = run();
        assertThat(result.asked()).isEqualTo(5_000);
        assertThat(result.updated()).isEqualTo(5_000);
        assertThat(result.complete()).isTrue();
        assertThat(result.calls()).isEqualTo(pages);
        assertThat(api.reads()).isEqualTo(pages);
        assertThat(reads.open(account, now, true)).isEmpty();
        assertThat(state("m-0").status()).isEqualTo(SendStatus.DELIVERED);
        assertThat(reads.history(key("m-4999")).events())
                .extracting(RecordedEvent::source)
                .containsExactly(Source.WEBHOOK, Source.RECONCILIATION);
    }

    @ParameterizedTest
    @CsvSource({"twilio, 5", "telnyx, 100", "bandwidth, 5"})
    void everyKindOfFaultCostsItsOwnCallAndNothingElse(String provider, int pages) throws Exception {
        stuck(provider, 5_000, Duration.ofMillis(100), delivered(provider));
        api.fault(1, new MockResponse(429, Headers.of("Retry-After", "7"), "{}"));
        api.fault(2, new MockResponse(503, Headers.of(), "<html>Service Unavailable</html>"));
        api.fault(
                3,
                new MockResponse.Builder()
                        .body("{")
                        .bodyDelay(4, TimeUnit.SECONDS)
                        .build());
        api.fault(5, new MockResponse(200, Headers.of("Content-Type", "text/html"), "<html>maintenance</html>"));
        api.fault(
                6,
                new MockResponse.Builder()
                        .body(new Buffer().writeUtf8("{\"messages\": [" + " ".repeat(100_000)))
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());
        AccountResult result = run();
        assertThat(result.updated()).isEqualTo(5_000);
        assertThat(result.complete()).isTrue();
        assertThat(result.calls()).isEqualTo(pages + 5);
        assertThat(pace.waited()).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
        assertThat(calls("rate_limited")).isEqualTo(1);
        assertThat(calls("failed")).isEqualTo(4);
        assertThat(calls("found")).isEqualTo(pages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"twilio", "telnyx", "bandwidth"})
    void thoseFarApartAreAskedAboutOneByOne(String provider) throws Exception {
        stuck(provider, 20, Duration.ofHours(3), delivered(provider));
        AccountResult result = run();
        assertThat(result.updated()).isEqualTo(20);
        assertThat(api.reads()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"twilio, 2", "telnyx, 1", "bandwidth, 1"})
    void aListThatHoldsMostlyOthersIsLeftForSingleQuestions(String provider, int pagesTried) throws Exception {
        stuck(provider, 2, Duration.ofMinutes(50), delivered(provider));
        for (int i = 0; i < 9_000; i++) {
            api.add(new Message("other-" + i, SENT.plusSeconds(60 + i / 4), delivered(provider), false));
        }
        api.messages.sort((one, two) -> one.sentAt().compareTo(two.sentAt()));
        AccountResult result = run();
        assertThat(result.updated()).isEqualTo(2);
        assertThat(api.reads()).isLessThanOrEqualTo(pagesTried + 2);
        assertThat(reads.message(key("other-1"))).isEmpty();
    }

    @Test
    void interruptedAndRunAgainNothingIsAskedTwiceAndNothingIsLost() throws Exception {
        stuck("twilio", 40, Duration.ofHours(3), stillSent("twilio"));
        pace = new PassingPace(15);
        assertThatThrownBy(this::run).isInstanceOf(InterruptedException.class);
        assertThat(api.reads()).isLessThanOrEqualTo(15);
        pace = new PassingPace();
        AccountResult second = run();
        assertThat(second.notDue()).isPositive();
        assertThat(second.asked() + second.notDue()).isEqualTo(40);
        Map<String, Long> times = api.requests.stream()
                .collect(Collectors.groupingBy(request -> String.valueOf(request.getTarget()), Collectors.counting()));
        assertThat(times)
                .hasSize(40)
                .allSatisfy((target, count) -> assertThat(count).as(target).isEqualTo(1));
    }

    @Test
    void whatIsStillSentIsAskedAboutAgainLaterAndIsNoSecondEvent() throws Exception {
        stuck("twilio", 1, Duration.ZERO, "sent");
        assertThat(run().stillSent()).isEqualTo(1);
        int events = reads.history(key("m-0")).events().size();
        assertThat(run().asked()).isZero();
        now = now.plus(Duration.ofHours(2));
        assertThat(run().stillSent()).isEqualTo(1);
        assertThat(api.reads()).isEqualTo(2);
        assertThat(reads.history(key("m-0")).events()).hasSize(events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"twilio", "telnyx", "bandwidth"})
    void whatTheProviderDoesNotHaveKeepsItsStateAndIsNeverAskedAboutAgain(String provider) throws Exception {
        stuck(provider, 3, Duration.ofHours(2), delivered(provider));
        callback("gone", SENT.plusSeconds(1), Progress.SENT);
        AccountResult result = run();
        assertThat(result.notFound()).isEqualTo(1);
        assertThat(result.updated()).isEqualTo(3);
        assertThat(result.complete()).isTrue();
        assertThat(state("gone").open()).isTrue();
        int before = api.requests.size();
        now = now.plus(Duration.ofDays(2));
        AccountResult later = run();
        assertThat(later.notDue()).isEqualTo(1);
        assertThat(api.requests.stream().skip(before))
                .noneSatisfy(request ->
                        assertThat(String.valueOf(request.getTarget())).contains("gone"));
    }

    @Test
    void whereNothingAtAllIsFoundTheKeyIsSuspectedAndNothingIsGivenUp() throws Exception {
        stuck("telnyx", 12, Duration.ofHours(3), "delivered");
        api.always(new MockResponse(
                404, Headers.of(), ApiStub.fixture("telnyx/api/not-found.json").toString()));
        AccountResult result = run();
        assertThat(result.notFound()).isEqualTo(12);
        assertThat(result.remarks()).anySatisfy(remark -> assertThat(remark).contains("a wrong key"));
        api.always(null);
        now = now.plus(Duration.ofDays(1));
        assertThat(run().updated()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({"twilio, 401", "telnyx, 401", "bandwidth, 401", "telnyx, 403"})
    void refusedCredentialsStopTheAccountAndAreNotRepeated(String provider, int status) throws Exception {
        stuck(provider, 5_000, Duration.ofMillis(100), delivered(provider));
        api.always(new MockResponse(
                status,
                Headers.of(),
                ApiStub.fixture(provider + "/api/unauthorized.json").toString()));
        AccountResult result = run();
        assertThat(result.stopped()).contains("it answered " + status).doesNotContain("secret");
        assertThat(result.complete()).isFalse();
        assertThat(api.reads()).isEqualTo(1);
        assertThat(reads.open(account, now, true)).hasSize(5_000);
        assertThat(reads.alertQuestions().apiRefusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.account()).isEqualTo(account));
    }

    @Test
    void aProviderThatIsDownIsGivenUpSoon() throws Exception {
        stuck("twilio", 40, Duration.ofHours(3), "delivered");
        api.always(new MockResponse(500, Headers.of(), ""));
        AccountResult result = run();
        assertThat(result.stopped()).contains("5 questions in a row").contains("500");
        assertThat(api.reads()).isLessThanOrEqualTo(8 * 4);
        api.always(null);
        assertThat(run().updated()).isEqualTo(40);
    }

    @Test
    void tooManyRequestsWhateverTheWaitStopsTheRunAndTheNextGoesOn() throws Exception {
        stuck("twilio", 10, Duration.ofHours(3), "delivered");
        api.always(new MockResponse(429, Headers.of(), "{\"code\": 20429}"));
        assertThat(run().stopped()).contains("too many requests");
        api.always(new MockResponse(429, Headers.of("Retry-After", "7200"), ""));
        assertThat(run().stopped()).contains("PT2H");
        api.always(null);
        assertThat(run().updated()).isEqualTo(10);
    }

    @Test
    void telnyxIsAskedByIdForTenDaysOnlyAndByItsRecordsAfterThat() throws Exception {
        stuck("telnyx", 1, Duration.ZERO, "delivered");
        callback("lost", SENT.plusSeconds(2), Progress.SENT);
        now = SENT.plus(Duration.ofDays(11));
        AccountResult result = run(new StuckSelection(null, 10, true));
        assertThat(result.updated()).isEqualTo(1);
        assertThat(result.notFound()).isEqualTo(1);
        assertThat(api.requests)
                .noneSatisfy(request ->
                        assertThat(String.valueOf(request.getTarget())).contains("/v2/messages/"));
        now = now.plus(Duration.ofDays(3));
        assertThat(run(new StuckSelection(null, 10, true)).notDue()).isEqualTo(1);
        assertThat(api.reads()).isEqualTo(1);
    }

    @Test
    void givenUpMessagesAreLeftAloneUnlessTheyAreWanted() throws Exception {
        stuck("twilio", 1, Duration.ZERO, "delivered");
        now = SENT.plus(Duration.ofDays(8));
        assertThat(run().asked()).isZero();
        assertThat(run(new StuckSelection(null, 10, true)).updated()).isEqualTo(1);
    }

    @Test
    void theLimitTakesThoseThatWaitLongest() throws Exception {
        stuck("bandwidth", 6, Duration.ofHours(2), "DELIVERED");
        AccountResult result = run(new StuckSelection(Duration.ofHours(1), 2, false));
        assertThat(result.asked()).isEqualTo(2);
        assertThat(state("m-0").status()).isEqualTo(SendStatus.DELIVERED);
        assertThat(state("m-5").status()).isEqualTo(SendStatus.SENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"twilio", "telnyx", "bandwidth"})
    void aWindowRefillsAGapAndOverwritesNothing(String provider) throws Exception {
        stuck(provider, 1, Duration.ZERO, delivered(provider));
        callback("failed", SENT, Progress.FAILED);
        callback("confirmed", SENT, Progress.DELIVERED);
        api.add(new Message("failed", SENT, stillSent(provider), false));
        api.add(new Message("confirmed", SENT, stillSent(provider), false));
        api.add(new Message("unknown-here", SENT, delivered(provider), false));
        api.add(new Message("came-in", SENT, provider.equals("bandwidth") ? "RECEIVED" : "received", true));
        api.add(new Message("another-day", SENT.minus(Duration.ofDays(1)), delivered(provider), false));
        AccountResult result = window(SENT.minusSeconds(60), SENT.plusSeconds(60));
        assertThat(result.asked()).isEqualTo(5);
        assertThat(result.updated()).isEqualTo(3);
        assertThat(result.unchanged()).isEqualTo(2);
        assertThat(state("unknown-here").status()).isEqualTo(SendStatus.DELIVERED);
        assertThat(state("came-in").direction()).isEqualTo(Direction.INBOUND);
        assertThat(state("failed").status()).isEqualTo(SendStatus.ERROR);
        assertThat(state("failed").errorCode()).isEqualTo("30003");
        assertThat(state("confirmed").status()).isEqualTo(SendStatus.DELIVERED);
        assertThat(reads.message(key("another-day"))).isEmpty();
    }

    @Test
    void aWindowWithMoreThanBandwidthListsIsHalvedUntilItFits() throws Exception {
        stuck("bandwidth", 0, Duration.ZERO, "DELIVERED");
        for (int i = 0; i < 12_000; i++) {
            api.add(new Message("m-" + i, SENT.plusMillis(i * 100L), "DELIVERED", false));
        }
        AccountResult result = window(SENT, SENT.plus(Duration.ofMinutes(20)));
        assertThat(result.updated()).isEqualTo(12_000);
        assertThat(result.calls()).isEqualTo(1 + 6 + 6);
    }

    /** So old a message can be found by a list alone, and is not given up because of one that has less than it says. */
    @Test
    void thatAListThatIsNotWholeLacksAMessageProvesNothing() throws Exception {
        stuck("telnyx", 1, Duration.ZERO, "delivered");
        now = SENT.plus(Duration.ofDays(11));
        MockResponse torn = ApiStub.json(JsonMapper.builder()
                .build()
                .readTree("{\"data\":[],\"meta\":{\"page_number\":1,\"total_pages\":1,\"total_results\":1}}"));
        api.fault(1, torn);
        AccountResult result = run(new StuckSelection(null, 10, true));
        assertThat(result.complete()).isFalse();
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.remarks()).anyMatch(remark -> remark.contains("did not come whole"));
        AccountResult next = run(new StuckSelection(null, 10, true));
        assertThat(next.updated()).isEqualTo(1);
        assertThat(next.complete()).isTrue();
    }

    /** The list says that there is little, so it looks cheaper than a question for each message, page after page. */
    @ParameterizedTest
    @ValueSource(strings = {"twilio", "telnyx", "bandwidth"})
    void aListThatRepeatsItsPageIsLeftForSingleQuestions(String provider) throws Exception {
        stuck(provider, 20, Duration.ofSeconds(1), delivered(provider));
        String body =
                switch (provider) {
                    case "twilio" ->
                        "{\"messages\":[" + ApiStub.fixture("twilio/api/message.json")
                                + "],\"next_page_uri\":\"/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json\"}";
                    case "telnyx" ->
                        "{\"data\":[" + ApiStub.fixture("telnyx/api/detail-record.json")
                                + "],\"meta\":{\"page_number\":1,\"total_pages\":2,\"total_results\":20}}";
                    default ->
                        ApiStub.fixture("bandwidth/api/messages.json")
                                .put("totalCount", 20)
                                .set("pageInfo", ApiStub.object().put("nextPageToken", "again"))
                                .toString();
                };
        MockResponse repeated = new MockResponse(200, Headers.of("Content-Type", "application/json"), body);
        api.fault(1, repeated);
        api.fault(2, repeated);
        AccountResult result = run();
        assertThat(result.updated()).isEqualTo(20);
        assertThat(result.calls()).isEqualTo(2 + 20);
        assertThat(result.remarks()).singleElement(STRING).contains("same page again");
        assertThat(result.complete()).isTrue();
    }

    @Test
    void aNumberThatTwilioHasCutSpeaksOfTheRecipientThatIsKnown() throws Exception {
        stuck("twilio", 1, Duration.ZERO, "delivered");
        MockResponse cut = ApiStub.json(ApiStub.fixture("twilio/api/message.json")
                .put("sid", "m-0")
                .put("status", "delivered")
                .put("to", "+1202555XXXX"));
        api.fault(1, cut);
        assertThat(run().updated()).isEqualTo(1);
        assertThat(state("m-0").recipients()).hasSize(1);
        assertThat(state("m-0").recipients().get(0).to()).hasToString("+12025550123");
    }

    private static String delivered(String provider) {
        return provider.equals("bandwidth") ? "DELIVERED" : "delivered";
    }

    private static String stillSent(String provider) {
        return provider.equals("bandwidth") ? "SENT" : "sent";
    }

    private void stuck(String provider, int count, Duration apart, String statusAtProvider) throws Exception {
        api = ApiStubs.of(provider);
        account = new AccountName(new Provider(provider), "main");
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant at = SENT.plus(apart.multipliedBy(i));
            // The last of those far apart must be stuck as well.
            Instant sent =
                    apart.compareTo(Duration.ofHours(1)) > 0 ? SENT.minus(apart.multipliedBy(count - 1 - i)) : at;
            batch.add(incoming("m-" + i, sent, Progress.SENT));
            api.add(new Message("m-" + i, sent, statusAtProvider, false));
        }
        store.commit(batch);
    }

    private void callback(String id, Instant sentAt, Progress progress) throws Exception {
        store.commit(List.of(incoming(id, sentAt, progress)));
    }

    private Incoming incoming(String id, Instant sentAt, Progress progress) {
        DeliveryEvent event = DeliveryEvent.of(key(id), Direction.OUTBOUND, progress, "by-callback")
                .to("+12025550123")
                .soleRecipient()
                .from("+12025550100")
                .errorCode(progress == Progress.FAILED ? "30003" : null)
                .sentAt(sentAt)
                .build();
        return new Incoming(
                account,
                Source.WEBHOOK,
                sentAt,
                new RawCallback("POST", null, null, new byte[0]),
                List.of(event),
                null);
    }

    private MessageKey key(String id) {
        return new MessageKey(account.provider(), id);
    }

    private MessageState state(String id) throws Exception {
        return MessageState.of(reads.history(key(id)));
    }

    private double calls(String outcome) {
        return meters.get("sendstatus.reconcile.calls")
                .tag("outcome", outcome)
                .tag("provider", account.provider().word())
                .counter()
                .count();
    }

    private Reconciler reconciler() {
        return new Reconciler(
                reads,
                store,
                new DirectCommit(store, Duration.ZERO, System::nanoTime, stored -> {}),
                LIMITS,
                Duration.ofHours(1),
                () -> now,
                pace,
                meters);
    }

    private AccountResult run() throws Exception {
        return run(StuckSelection.ALL_STUCK);
    }

    private AccountResult run(StuckSelection wanted) throws Exception {
        return reconciler().stuck(api.lookup(() -> now), wanted, ProgressListener.NOBODY);
    }

    private AccountResult window(Instant from, Instant to) throws Exception {
        return reconciler().window(api.lookup(() -> now), new LookupWindow(from, to, true), ProgressListener.NOBODY);
    }
}
