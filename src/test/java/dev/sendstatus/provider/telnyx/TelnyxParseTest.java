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
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Bodies that no file of cases can hold, and thousands of broken ones. */
class TelnyxParseTest {
    private final TelnyxAdapter adapter = new TelnyxAdapter();

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
                    Duration.ofSeconds(10), () -> parsedWithoutThrowing(body.getBytes(StandardCharsets.UTF_8)));
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
            Parsed parsed = parsedWithoutThrowing(body.getBytes(StandardCharsets.UTF_8));
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
            Parsed parsed = parsedWithoutThrowing(body.getBytes(StandardCharsets.UTF_8));
            assertThat(reasons(parsed)).isNotEmpty().noneMatch(reason -> reason.contains("meet"));
        }
    }

    @Test
    void signatureHeadersAreNotNeededToReadAStoredCallback() {
        CallbackRequest stored = new CallbackRequest(
                "POST", "", null, name -> null, body("finalized-delivered"), FixtureRequest.RECEIVED_AT);
        assertThat(adapter.parse(stored)).isInstanceOf(Parsed.Events.class);
    }

    private Parsed parsedWithoutThrowing(byte[] body) {
        try {
            Parsed parsed = adapter.parse(
                    new CallbackRequest("POST", "", null, name -> null, body, FixtureRequest.RECEIVED_AT));
            if (parsed instanceof Parsed.Events events) {
                events.events().forEach(TelnyxParseTest::assertStorable);
            }
            reasons(parsed).forEach(reason -> assertThat(reason).doesNotContain("\n", "\r", "\u0000"));
            return parsed;
        } catch (RuntimeException | StackOverflowError e) {
            return fail(new String(body, StandardCharsets.UTF_8), e);
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
