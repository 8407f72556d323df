package dev.sendstatus.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.FixtureRequest;
import dev.sendstatus.provider.Parsed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes is read as something: an adapter that throws would make a provider repeat the request for ever. */
final class TwilioFuzzTest {
    private static final long SEED = 20261125;
    private static final int ROUNDS = 8_000;
    private static final int LONGEST = 20_000;
    private static final byte[][] SPICES = {
        {0},
        {(byte) 0xff, (byte) 0xfe},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
        "%".getBytes(StandardCharsets.US_ASCII),
        "%00&MessageSid=&=".getBytes(StandardCharsets.US_ASCII),
        "\"\\ud800\"".getBytes(StandardCharsets.US_ASCII),
        "[[[[{\"data\":".getBytes(StandardCharsets.US_ASCII),
        "-1e99999".getBytes(StandardCharsets.US_ASCII),
        "null".getBytes(StandardCharsets.US_ASCII),
        "\"id\":{},".getBytes(StandardCharsets.US_ASCII),
        "},{".getBytes(StandardCharsets.US_ASCII),
        "9".repeat(2_000).getBytes(StandardCharsets.US_ASCII),
    };

    private final TwilioAdapter adapter = new TwilioAdapter();
    private final Random random = new Random(SEED);

    @Test
    void nothingThatComesMakesParseOrAuthenticateThrow() {
        List<CallbackRequest> requests = FixtureRequest.all("twilio").stream()
                .map(FixtureRequest::read)
                .filter(request -> request.body().length < LONGEST)
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            check(mutated(requests.get(random.nextInt(requests.size()))), round);
        }
    }

    private void check(CallbackRequest request, int round) {
        try {
            Parsed parsed = adapter.parse(request);
            assertThat(adapter.parse(request)).isEqualTo(parsed);
            adapter.authenticate(request, List.of(TwilioAccounts.MAIN, TwilioAccounts.SUB));
        } catch (RuntimeException e) {
            fail(
                    "round " + round + " of seed " + SEED + ": " + request.method() + " ?" + request.query() + " "
                            + HexFormat.of().formatHex(request.body()),
                    e);
        }
    }

    private CallbackRequest mutated(CallbackRequest request) {
        String query = request.query();
        byte[] changedQuery = query == null ? new byte[0] : query.getBytes(StandardCharsets.UTF_8);
        byte[] body = request.body();
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            if (request.method().equals("GET") || random.nextInt(10) == 0) {
                changedQuery = mutated(changedQuery);
            } else {
                body = mutated(body);
            }
        }
        return new CallbackRequest(
                request.method(),
                request.publicUrl(),
                query == null ? null : new String(changedQuery, StandardCharsets.ISO_8859_1),
                name -> name.equals("X-Twilio-Signature")
                        ? "A".repeat(28)
                        : request.headers().first(name),
                body,
                request.receivedAt());
    }

    private byte[] mutated(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, at + random.nextInt(40));
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(bytes, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> changed.write(bytes, end, bytes.length - end);
            case 1 -> {
                changed.write(bytes, at, end - at);
                changed.write(bytes, at, bytes.length - at);
            }
            case 2 -> {
                changed.writeBytes(SPICES[random.nextInt(SPICES.length)]);
                changed.write(bytes, end, bytes.length - end);
            }
            case 3 -> {
                changed.write(random.nextInt(256));
                changed.write(bytes, Math.min(bytes.length, at + 1), bytes.length - Math.min(bytes.length, at + 1));
            }
            default -> {
                // Cut short: what follows is lost.
            }
        }
        return changed.toByteArray();
    }

    @Test
    void noMessageTextGetsIntoWhatIsRead() {
        for (Path file : FixtureRequest.all("twilio")) {
            assertThat(adapter.parse(FixtureRequest.read(file)).toString())
                    .as(file.getFileName().toString())
                    .doesNotContain("appears nowhere else");
        }
    }

    @Test
    void bytesThatAreNoUtf8AreReadAllTheSame() {
        byte[] json = "[{\"type\":\"com.twilio.messaging.message.sent\",\"data\":{\"messageSid\":\"SM\u00ff\"}}]"
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(adapter.parse(request("application/json", json))).isInstanceOf(Parsed.NotUnderstood.class);
        byte[] form = "MessageSid=SM1&MessageStatus=sent&To=\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(adapter.parse(request(SignedRequest.FORM, form))).isInstanceOf(Parsed.Events.class);
    }

    @Test
    void bodyOfAMebibyteIsReadWhateverItIsFullOf() {
        for (String part : List.of("&", "a&", "a=%", "MessageSid=1&", "[", "{}", "[0],", "{\"a\":", "\\", "9", "%00")) {
            byte[] body = part.repeat(1_048_576 / part.length()).getBytes(StandardCharsets.US_ASCII);
            assertThat(adapter.parse(request("application/json", body))).isInstanceOf(Parsed.NotUnderstood.class);
            byte[] array = ('[' + part.repeat(1_048_576 / part.length()) + ']').getBytes(StandardCharsets.US_ASCII);
            assertThat(adapter.parse(request("application/json", array))).isInstanceOf(Parsed.NotUnderstood.class);
            assertThat(adapter.parse(request(SignedRequest.FORM, body))).isInstanceOf(Parsed.NotUnderstood.class);
        }
    }

    private static CallbackRequest request(String type, byte[] body) {
        return new CallbackRequest(
                "POST",
                SignedRequest.URL,
                null,
                name -> name.equalsIgnoreCase("Content-Type") ? type : null,
                body,
                FixtureRequest.RECEIVED_AT);
    }
}
