package dev.sendstatus.provider.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.FixtureRequest;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Parsed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Bodies that no file of cases can hold, and thousands of broken ones. */
class TelnyxParseTest {
    private static final long SEED = 20261125;
    private static final int MUTATIONS = 8_000;
    private static final List<String> PIECES = List.of(
            "null",
            "\"\"",
            "[]",
            "{}",
            "-1",
            "1e999",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "true",
            "[[[[",
            "}}",
            "\"",
            ":",
            ",",
            "{\"a\":",
            "9".repeat(120),
            "\"message.sent\"",
            "\"delivered\"",
            "\"code\"",
            "/to/99999999999999/",
            "\u0000",
            "\uFEFF");

    private final TelnyxAdapter adapter = new TelnyxAdapter();

    @Test
    void mutatedBodiesNeverThrow() {
        Random random = new Random(SEED);
        List<byte[]> bodies = FixtureRequest.all("telnyx").stream()
                .map(FixtureRequest::read)
                .map(CallbackRequest::body)
                .filter(body -> body.length > 1)
                .toList();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] body = bodies.get(random.nextInt(bodies.size()));
            for (int change = random.nextInt(4); change >= 0; change--) {
                body = mutated(body, random);
            }
            parsedWithoutThrowing(body, i);
        }
    }

    @Test
    void everyTruncationIsNotUnderstood() {
        byte[] whole = body("finalized-delivered");
        for (int length = 0; length < whole.length - 1; length++) {
            Parsed parsed = parsedWithoutThrowing(Arrays.copyOf(whole, length), length);
            assertThat(parsed).as("the first %d bytes", length).isInstanceOf(Parsed.NotUnderstood.class);
        }
    }

    @Test
    void brokenUtf8IsNotUnderstood() {
        byte[] broken = body("finalized-delivered");
        broken[broken.length / 2] = (byte) 0xFF;
        assertThat(parsedWithoutThrowing(broken, 0)).isInstanceOf(Parsed.NotUnderstood.class);
    }

    @Test
    void utf16IsReadAsJsonAllowsIt() {
        byte[] wide =
                new String(body("finalized-delivered"), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16BE);
        assertThat(parsedWithoutThrowing(wide, 0)).isInstanceOf(Parsed.Events.class);
    }

    @Test
    void hugeBodiesTakeBoundedTime() {
        String open = "{\"data\":{\"event_type\":\"message.finalized\",\"payload\":{\"id\":\"m\",\"to\":[";
        String recipients = "{\"status\":\"x\"},".repeat(60_000) + "{}";
        String errors = "{\"code\":\"1\",\"source\":{\"pointer\":\"/to/1/x\"}},".repeat(15_000) + "{}";
        String fewRecipients = "{\"status\":\"x\"},".repeat(99) + "{}";
        List<String> bodies = List.of(
                open + recipients + "]}}}",
                open + fewRecipients + "],\"errors\":[" + errors + "]}}}",
                "[".repeat(1_000_000),
                "{\"a\":".repeat(200_000),
                "9".repeat(1_000_000),
                "{\"data\":1e" + "9".repeat(90) + "}",
                "\"" + "x".repeat(1_000_000));
        for (String body : bodies) {
            Parsed parsed = Assertions.assertTimeout(
                    Duration.ofSeconds(10), () -> parsedWithoutThrowing(body.getBytes(StandardCharsets.UTF_8), 0));
            assertThat(reasons(parsed).stream().mapToInt(String::length).sum()).isLessThan(1_000);
        }
    }

    @Test
    void numberBeyondAnyExponentIsLeftOut() {
        for (String amount :
                List.of("1e999", "1e2147483647", "1e99999999999", "-0.0", "0.00000000000000000001", "1E+400")) {
            String body = "{\"data\":{\"event_type\":\"message.finalized\",\"payload\":{\"id\":\"m\",\"parts\":"
                    + amount + ",\"to\":[{\"status\":\"delivered\"}],\"cost\":{\"currency\":\"USD\",\"amount\":"
                    + amount + "}}}}";
            Parsed parsed = parsedWithoutThrowing(body.getBytes(StandardCharsets.UTF_8), 0);
            assertThat(parsed).isInstanceOf(Parsed.Events.class);
            assertThat(((Parsed.Events) parsed).events().get(0).segments()).isZero();
        }
    }

    @Test
    void textOfAMessageIsInNoReason() {
        String secret = "meet me at nine";
        for (String body : List.of(
                "{\"data\":{\"event_type\":\"message.sent\",\"payload\":{\"id\":\"m\",\"text\":\"" + secret
                        + "\",\"to\":7}}}",
                "{\"data\":{\"event_type\":\"message.sent\",\"payload\":{\"text\":\"" + secret + "\"}}}",
                "{\"data\":{\"payload\":{\"text\":" + secret + "}}}",
                "{\"sms_id\":\"m\",\"direction\":\"outbound\",\"body\":\"" + secret + "\",\"status\":\"\"}")) {
            Parsed parsed = parsedWithoutThrowing(body.getBytes(StandardCharsets.UTF_8), 0);
            assertThat(reasons(parsed)).isNotEmpty().noneMatch(reason -> reason.contains("meet"));
        }
    }

    @Test
    void signatureHeadersAreNotNeededToReadAStoredCallback() {
        CallbackRequest stored = new CallbackRequest(
                "POST", "", null, name -> null, body("finalized-delivered"), FixtureRequest.RECEIVED_AT);
        assertThat(adapter.parse(stored)).isInstanceOf(Parsed.Events.class);
    }

    private Parsed parsedWithoutThrowing(byte[] body, int round) {
        try {
            Parsed parsed = adapter.parse(
                    new CallbackRequest("POST", "", null, name -> null, body, FixtureRequest.RECEIVED_AT));
            if (parsed instanceof Parsed.Events events) {
                events.events().forEach(TelnyxParseTest::assertStorable);
            }
            reasons(parsed).forEach(reason -> assertThat(reason).doesNotContain("\n", "\r", "\u0000"));
            return parsed;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("seed " + SEED + ", round " + round + ": " + new String(body, StandardCharsets.UTF_8), e);
        }
    }

    /** A database takes it: no NUL, no half characters, nothing that its index could not hold. */
    private static void assertStorable(DeliveryEvent event) {
        assertThat(JsonFields.usable(event.message().id())).isTrue();
        assertThat(JsonFields.usable(event.providerStatus())).isTrue();
        if (event.recipient() != null) {
            assertThat(JsonFields.usable(event.recipient().address())).isTrue();
        }
        if (event.cost() != null) {
            assertThat(event.cost().amount().toPlainString()).hasSizeLessThan(64);
        }
    }

    private static List<String> reasons(Parsed parsed) {
        if (parsed instanceof Parsed.Events events) {
            return events.notUnderstood();
        }
        return List.of(parsed instanceof Parsed.NotUnderstood not ? not.why() : ((Parsed.Ignored) parsed).why());
    }

    private static byte[] mutated(byte[] body, Random random) {
        if (body.length < 2) {
            return body;
        }
        int at = random.nextInt(body.length);
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> {
                byte[] flipped = body.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            case 2 -> replaced(body, at, Math.min(body.length, at + random.nextInt(20)), random);
            case 3 -> valueReplaced(body, at, random);
            default -> replaced(body, at, at, random);
        };
    }

    /** What stands between the next colon and the end of its line or the next comma: most results are JSON again. */
    private static byte[] valueReplaced(byte[] body, int at, Random random) {
        int start = at;
        while (start < body.length && body[start] != ':') {
            start++;
        }
        int end = start;
        while (end < body.length && body[end] != ',' && body[end] != '\n') {
            end++;
        }
        return replaced(body, Math.min(start + 1, end), end, random);
    }

    private static byte[] replaced(byte[] body, int from, int to, Random random) {
        byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
        byte[] result = new byte[from + piece.length + body.length - to];
        System.arraycopy(body, 0, result, 0, from);
        System.arraycopy(piece, 0, result, from, piece.length);
        System.arraycopy(body, to, result, from + piece.length, body.length - to);
        return result;
    }

    private static byte[] body(String name) {
        return FixtureRequest.all("telnyx").stream()
                .filter(file -> fileName(file).equals(name + ".request"))
                .map(file -> FixtureRequest.read(file).body())
                .findFirst()
                .orElseThrow();
    }

    private static String fileName(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
