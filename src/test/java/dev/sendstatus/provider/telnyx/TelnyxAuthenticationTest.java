package dev.sendstatus.provider.telnyx;

import static dev.sendstatus.provider.telnyx.SignedRequest.BODY;
import static dev.sendstatus.provider.telnyx.SignedRequest.NOW;
import static dev.sendstatus.provider.telnyx.SignedRequest.bytes;
import static dev.sendstatus.provider.telnyx.SignedRequest.ed25519;
import static dev.sendstatus.provider.telnyx.SignedRequest.newKeys;
import static dev.sendstatus.provider.telnyx.SignedRequest.portalForm;
import static dev.sendstatus.provider.telnyx.SignedRequest.profile;
import static dev.sendstatus.provider.telnyx.SignedRequest.seconds;
import static dev.sendstatus.provider.telnyx.SignedRequest.unsigned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.Authentication.Accepted;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.Authentication.Refused;
import dev.sendstatus.provider.InvalidAccount;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may speak for which account. */
class TelnyxAuthenticationTest {
    private static final KeyPair KEYS = newKeys();
    private static final KeyPair OTHER_KEYS = newKeys();
    private static final String SECRET = "rq789onm321yxzkjihfEdcAm";
    private static final String SIGNATURE = "telnyx-signature-ed25519";
    private static final String TIME = "telnyx-timestamp";

    private final TelnyxAdapter adapter = new TelnyxAdapter();
    private final Account<TelnyxKeys> main = account("main", true, Map.of("public-key", portalForm(KEYS)));
    private final Account<TelnyxKeys> old = account("old", true, Map.of("v1-secret", SECRET));

    @Test
    void profileSignatureIsAccepted() {
        assertAccepted("old", profile(SECRET), old);
    }

    @Test
    void missingSignatureIsMissing() {
        assertRefused(Reason.MISSING, unsigned(), main);
        assertRefused(Reason.MISSING, unsigned(), old);
        assertRefused(Reason.MISSING, unsigned().header("x-telnyx-signature-ed25519", "AA=="), main);
    }

    @Test
    void halfASignatureIsWrong() {
        assertRefused(Reason.WRONG, ed25519(KEYS).without(TIME), main);
        assertRefused(Reason.WRONG, ed25519(KEYS).without(SIGNATURE), main);
        assertRefused(Reason.WRONG, profile(SECRET).header("X-Telnyx-Signature", "t=" + seconds(NOW)), old);
    }

    @Test
    void signatureOfAnotherKeyIsWrong() {
        assertRefused(Reason.WRONG, ed25519(OTHER_KEYS), main);
        assertRefused(Reason.WRONG, profile("another"), old);
    }

    @Test
    void alteredBodyIsWrong() {
        byte[] altered = BODY.clone();
        altered[altered.length - 3] ^= 1;
        assertRefused(Reason.WRONG, ed25519(KEYS).body(altered), main);
        assertRefused(Reason.WRONG, profile(SECRET).body(altered), old);
    }

    @Test
    void truncatedOrEmptiedBodyIsWrong() {
        assertRefused(Reason.WRONG, ed25519(KEYS).body(Arrays.copyOf(BODY, BODY.length - 1)), main);
        assertRefused(Reason.WRONG, ed25519(KEYS).body(new byte[0]), main);
        assertRefused(Reason.WRONG, profile(SECRET).body(new byte[0]), old);
    }

    @Test
    void bodyWrittenAnewIsWrong() {
        byte[] compact = bytes(new String(BODY, java.nio.charset.StandardCharsets.UTF_8)
                .replace("\n", "")
                .replace(" ", ""));
        assertRefused(Reason.WRONG, ed25519(KEYS).body(compact), main);
    }

    @Test
    void timeOtherThanTheSignedOneIsWrong() {
        assertRefused(Reason.WRONG, ed25519(KEYS).header(TIME, seconds(NOW.plusSeconds(1))), main);
        assertRefused(Reason.WRONG, ed25519(KEYS).header(TIME, "0" + seconds(NOW)), main);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1795608000",
                "+1795608000",
                "1795608000.0",
                "1e9",
                "soon",
                "99999999999999999999",
                "١٢٣"
            })
    void timeThatIsNoUnixTimeIsWrong(String time) {
        assertRefused(Reason.WRONG, unsigned().signedBy(KEYS, time), main);
        assertRefused(Reason.WRONG, unsigned().signedWith(SECRET, time), old);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "=", "AA==", "not base64 at all", "\u0000", "é", "ffffffffffffffffffffffffffffffffffffffff"})
    void malformedSignatureIsWrong(String signature) {
        assertRefused(Reason.WRONG, ed25519(KEYS).header(SIGNATURE, signature), main);
        assertRefused(
                Reason.WRONG,
                profile(SECRET).header("X-Telnyx-Signature", "t=" + seconds(NOW) + ",h=" + signature),
                old);
        assertRefused(Reason.WRONG, profile(SECRET).header("X-Telnyx-Signature", signature), old);
    }

    @Test
    void truncatedOrAlteredSignatureIsWrong() {
        byte[] whole = Base64.getDecoder().decode(ed25519(KEYS).header(SIGNATURE));
        for (int i : new int[] {0, 31, 32, 63}) {
            byte[] altered = whole.clone();
            altered[i] ^= 4;
            assertRefused(Reason.WRONG, ed25519(KEYS).header(SIGNATURE, SignedRequest.base64(altered)), main);
        }
        assertRefused(
                Reason.WRONG, ed25519(KEYS).header(SIGNATURE, SignedRequest.base64(Arrays.copyOf(whole, 63))), main);
        assertRefused(
                Reason.WRONG, ed25519(KEYS).header(SIGNATURE, SignedRequest.base64(Arrays.copyOf(whole, 65))), main);
        assertRefused(Reason.WRONG, ed25519(KEYS).header(SIGNATURE, "A".repeat(1_000_000)), main);
    }

    @Test
    void malformedSignatureDoesNotSpoilTheNextRightOne() {
        assertRefused(Reason.WRONG, ed25519(KEYS).header(SIGNATURE, "/".repeat(85) + "w=="), main);
        assertAccepted("main", ed25519(KEYS), main);
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, -299, 0, 299, 300})
    void timeWithinFiveMinutesIsAccepted(long apart) {
        Instant time = NOW.plusSeconds(apart);
        assertAccepted("main", unsigned().signedBy(KEYS, seconds(time)), main);
        assertAccepted("old", unsigned().signedWith(SECRET, seconds(time)), old);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, -86_400, 86_400})
    void timeBeyondFiveMinutesIsStale(long apart) {
        Instant time = NOW.plusSeconds(apart);
        assertRefused(Reason.STALE, unsigned().signedBy(KEYS, seconds(time)), main);
        assertRefused(Reason.STALE, unsigned().signedWith(SECRET, seconds(time)), old);
    }

    @Test
    void timeInMillisecondsIsWrong() {
        assertRefused(Reason.WRONG, unsigned().signedBy(KEYS, Long.toString(NOW.toEpochMilli())), main);
    }

    @Test
    void secondaryKeysAreAcceptedAsWell() {
        Account<TelnyxKeys> rotating = account(
                "rotating",
                true,
                Map.of(
                        "public-key",
                        portalForm(KEYS),
                        "public-key-secondary",
                        portalForm(OTHER_KEYS),
                        "v1-secret",
                        SECRET,
                        "v1-secret-secondary",
                        "next"));
        assertAccepted("rotating", ed25519(KEYS), rotating);
        assertAccepted("rotating", ed25519(OTHER_KEYS), rotating);
        assertAccepted("rotating", profile(SECRET), rotating);
        assertAccepted("rotating", profile("next"), rotating);
        assertRefused(Reason.WRONG, ed25519(newKeys()), rotating);
        assertRefused(Reason.WRONG, profile("last year's"), rotating);
    }

    @Test
    void theKeyThatVerifiesChoosesTheAccount() {
        Account<TelnyxKeys> other = account("other", true, Map.of("public-key", portalForm(OTHER_KEYS)));
        assertAccepted("other", ed25519(OTHER_KEYS), main, old, other);
        assertAccepted("main", ed25519(KEYS), other, old, main);
        assertAccepted("old", profile(SECRET), main, other, old);
    }

    @Test
    void foreignAccountIsRefused() {
        Account<TelnyxKeys> other = account("other", true, Map.of("public-key", portalForm(OTHER_KEYS)));
        assertRefused(Reason.WRONG, ed25519(KEYS), other);
        assertRefused(Reason.WRONG, ed25519(KEYS), old);
        assertRefused(Reason.WRONG, profile(SECRET), main);
    }

    @Test
    void eitherOfTwoSignaturesWillDo() {
        Account<TelnyxKeys> both = account("both", true, Map.of("public-key", portalForm(KEYS), "v1-secret", SECRET));
        assertAccepted("both", ed25519(OTHER_KEYS).signedWith(SECRET, seconds(NOW)), both);
        assertAccepted("both", ed25519(KEYS).header("X-Telnyx-Signature", "rubbish"), both);
    }

    @Test
    void unverifiedAccountTakesAnything() {
        Account<TelnyxKeys> open = account("open", false, Map.of("public-key", portalForm(OTHER_KEYS)));
        assertAccepted("open", unsigned(), open);
        assertAccepted("open", ed25519(KEYS), open);
        assertAccepted("main", ed25519(KEYS), open, main);
        assertAccepted("open", unsigned(), main, open);
    }

    @Test
    void rfc8032KeyVerifiesThePublishedCheck() {
        Account<TelnyxKeys> rfc =
                account("rfc", true, Map.of("public-key", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="));
        SignedRequest published = unsigned()
                .body(bytes("{\"data\":{\"event_type\":\"message.finalized\",\"id\":\"evt-1\"}}"))
                .header(TIME, "1700000000")
                .header(
                        SIGNATURE,
                        "13rfMyemqqHfF86RnH1y2FXjydfjq17WePVa67ADH8uoZOy4mP6PaBkN7Pc7WjwVeel05aQh7TNX1xP92tZkDw==");
        assertAccepted("rfc", published.receivedAt(Instant.ofEpochSecond(1_700_000_000)), rfc);
        assertRefused(Reason.STALE, published.receivedAt(NOW), rfc);
    }

    @Test
    void officialSampleOfV1IsAccepted() {
        SignedRequest sample = unsigned().body(bytes("""
            {
              "sms_id":"834f3d53-8a3c-4aa0-a733-7f2d682a72df",
              "direction": "inbound",
              "from": "+13129450002",
              "to": "+13125550001",
              "body": "Hello!"
            }\
            """)).receivedAt(Instant.ofEpochSecond(1_520_983_646));
        String hash = "WlEXoEsHH2RMgy2x8eyvg10JlMBco0s51fdNpMORF00=";
        assertAccepted("old", sample.header("X-Telnyx-Signature", "t=1520983646,h=" + hash), old);
        assertAccepted("old", sample.header("X-Telnyx-Signature", "h=" + hash + ", t=1520983646, v=2"), old);
        assertRefused(Reason.STALE, sample.receivedAt(NOW), old);
    }

    @Test
    void manyThreadsShareOneKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> tries = IntStream.range(0, 400)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        boolean right = i % 3 != 0;
                        SignedRequest request = right ? ed25519(KEYS) : ed25519(OTHER_KEYS);
                        return right == (adapter.authenticate(request.request(), List.of(main)) instanceof Accepted);
                    })
                    .toList();
            for (var result : threads.invokeAll(tries)) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Account<TelnyxKeys> account(String name, boolean verify, Map<String, String> settings) {
        try {
            AccountName full = new AccountName(new Provider("telnyx"), name);
            return new Account<>(full, verify, adapter.keys(settings));
        } catch (InvalidAccount e) {
            throw new IllegalStateException(e);
        }
    }

    @SafeVarargs
    private void assertAccepted(String account, SignedRequest request, Account<TelnyxKeys>... candidates) {
        Authentication result = adapter.authenticate(request.request(), List.of(candidates));
        assertThat(result).isEqualTo(new Accepted(new AccountName(new Provider("telnyx"), account)));
    }

    @SafeVarargs
    private void assertRefused(Reason reason, SignedRequest request, Account<TelnyxKeys>... candidates) {
        Authentication result = adapter.authenticate(request.request(), List.of(candidates));
        assertThat(result).isEqualTo(new Refused(reason));
    }
}
