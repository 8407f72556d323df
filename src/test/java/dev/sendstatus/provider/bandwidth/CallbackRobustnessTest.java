package dev.sendstatus.provider.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.provider.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies that only Bandwidth's reader has trouble with; the others are in BandwidthContractTest. */
final class CallbackRobustnessTest {
    private static final String SECRET_TEXT = "meet me at nine";

    @Test
    void bytesThatAreNotUtf8AreNotUnderstood() {
        byte[] inTheId = json("[{\"type\":\"message-delivered\",\"message\":{\"id\":\"a??\"}}]");
        byte[] inATextThatIsPassedOver =
                json("[{\"type\":\"message-delivered\",\"message\":{\"id\":\"a\",\"text\":\"??\"}}]");
        for (byte[] body : List.of(inTheId, inATextThatIsPassedOver)) {
            for (int i = 0; i < body.length; i++) {
                body[i] = body[i] == '?' ? (byte) 0xFF : body[i];
            }
            assertThat(BandwidthCallback.parse(body)).isInstanceOf(Parsed.NotUnderstood.class);
        }
    }

    @Test
    void aMillionStrangersGiveAFewReasons() {
        Parsed parsed = BandwidthCallback.parse(json("[0" + ",0".repeat(499_999) + "]"));
        assertThat(parsed).isInstanceOf(Parsed.NotUnderstood.class);
        assertThat(((Parsed.NotUnderstood) parsed).why()).hasSizeLessThan(1_000).endsWith("499980 more");
    }

    @Test
    void noReasonTellsAText() {
        List<String> bodies = List.of(
                "[{\"type\":\"message-failed\",\"description\":\"TEXT\",\"errorCode\":\"TEXT\",\"message\":{\"id\":\"a\",\"text\":\"TEXT\"}}]",
                "[{\"type\":\"message-strange\",\"description\":\"TEXT\",\"message\":{\"id\":\"a\",\"text\":\"TEXT\"}}]",
                "[{\"type\":\"message-failed\",\"description\":\"TEXT\",\"message\":{\"text\":\"TEXT\"}}]",
                "[\"TEXT\",{\"text\":\"TEXT\"}]",
                "\"TEXT\"",
                "TEXT",
                "[{\"text\":TEXT}]",
                "[{TEXT:1}]",
                "[{\"message\":{\"text\":\"TEXT");
        for (String body : bodies) {
            Parsed parsed = BandwidthCallback.parse(json(body.replace("TEXT", SECRET_TEXT)));
            assertThat(parsed).isInstanceOf(Parsed.NotUnderstood.class);
            assertThat(((Parsed.NotUnderstood) parsed).why()).doesNotContain("meet", "nine");
        }
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
