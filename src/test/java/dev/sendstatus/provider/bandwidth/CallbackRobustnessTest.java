package dev.sendstatus.provider.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.provider.FixtureRequest;
import dev.sendstatus.provider.Parsed;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, reading them ends, soon, and without an exception. */
final class CallbackRobustnessTest {
    private static final int MUTATIONS_OF_EACH = 60;
    private static final String SECRET_TEXT = "meet me at nine";

    @Test
    void noMutationOfAnyFixtureThrows() {
        long seed = 20261125;
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> bodies = new ArrayList<>();
        for (Path file : FixtureRequest.all("bandwidth")) {
            bodies.add(FixtureRequest.read(file).body());
        }
        int read = 0;
        for (byte[] body : bodies) {
            for (int i = 0; i < MUTATIONS_OF_EACH; i++) {
                byte[] mutated = mutated(body, bodies, random);
                try {
                    assertThat(CallbackParser.parse(mutated)).isNotNull();
                } catch (RuntimeException | StackOverflowError broken) {
                    throw new AssertionError(
                            "seed " + seed + ", body " + new String(mutated, StandardCharsets.UTF_8), broken);
                }
                read++;
            }
        }
        assertThat(read).isGreaterThan(5_000);
    }

    @Test
    void noPlaceToCutABodyThrowsOrGivesAnEvent() {
        byte[] body = json("""
                [{"type":"message-failed","to":"+15554443333","errorCode":4770,
                  "message":{"id":"1764071970876","to":["+15554443333"],"text":"\u00fc\\u00fc","segmentCount":1}}]""");
        for (int length = 0; length < body.length; length++) {
            assertThat(CallbackParser.parse(Arrays.copyOf(body, length)))
                    .as("the first %d bytes", length)
                    .isInstanceOf(Parsed.NotUnderstood.class);
        }
        assertThat(CallbackParser.parse(body)).isInstanceOf(Parsed.Events.class);
    }

    @Test
    void bytesThatAreNotUtf8AreNotUnderstood() {
        byte[] inTheId = json("[{\"type\":\"message-delivered\",\"message\":{\"id\":\"a??\"}}]");
        byte[] inATextThatIsPassedOver =
                json("[{\"type\":\"message-delivered\",\"message\":{\"id\":\"a\",\"text\":\"??\"}}]");
        for (byte[] body : List.of(inTheId, inATextThatIsPassedOver)) {
            for (int i = 0; i < body.length; i++) {
                body[i] = body[i] == '?' ? (byte) 0xFF : body[i];
            }
            assertThat(CallbackParser.parse(body)).isInstanceOf(Parsed.NotUnderstood.class);
        }
    }

    @Test
    void aBodyInUtf16IsReadAsJsonAllowsIt() {
        for (Charset charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            byte[] body = "[{\"type\":\"message-delivered\",\"message\":{\"id\":\"a\"}}]".getBytes(charset);
            assertThat(CallbackParser.parse(body)).isInstanceOf(Parsed.Events.class);
            assertThat(CallbackParser.parse(Arrays.copyOf(body, 21))).isInstanceOf(Parsed.NotUnderstood.class);
        }
    }

    @Test
    void aMillionBracketsAreRefusedAtOnce() {
        for (String deep : List.of("[", "{\"a\":", "[{\"message\":{\"to\":[", "[{\"message\":", "[{\"errorCode\":[")) {
            byte[] body = json(deep.repeat(1_000_000 / deep.length()));
            assertThat(CallbackParser.parse(body)).isInstanceOf(Parsed.NotUnderstood.class);
        }
    }

    @Test
    void aMillionStrangersGiveAFewReasons() {
        Parsed parsed = CallbackParser.parse(json("[0" + ",0".repeat(499_999) + "]"));
        assertThat(parsed).isInstanceOf(Parsed.NotUnderstood.class);
        assertThat(((Parsed.NotUnderstood) parsed).why()).hasSizeLessThan(1_000).endsWith("499980 more like these");
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
            Parsed parsed = CallbackParser.parse(json(body.replace("TEXT", SECRET_TEXT)));
            assertThat(parsed).isInstanceOf(Parsed.NotUnderstood.class);
            assertThat(((Parsed.NotUnderstood) parsed).why()).doesNotContain("meet", "nine");
        }
    }

    /** One to four faults: a byte changed, a stretch cut out, doubled, or put in from another body, the end cut off. */
    private static byte[] mutated(byte[] body, List<byte[]> others, SplittableRandom random) {
        byte[] result = body;
        for (int faults = random.nextInt(1, 5); faults > 0; faults--) {
            int at = random.nextInt(result.length + 1);
            int end = Math.min(result.length, at + random.nextInt(24));
            byte[] piece =
                    switch (random.nextInt(5)) {
                        case 0 -> new byte[] {(byte) random.nextInt(256)};
                        case 1 -> new byte[0];
                        case 2 -> doubled(Arrays.copyOfRange(result, at, end));
                        case 3 -> stretch(others.get(random.nextInt(others.size())), random);
                        default ->
                            "{}[]\",:0-9e\\u null true"
                                    .substring(random.nextInt(20))
                                    .getBytes(StandardCharsets.UTF_8);
                    };
            result = joined(Arrays.copyOf(result, at), piece, Arrays.copyOfRange(result, end, result.length));
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(result, random.nextInt(result.length + 1)) : result;
    }

    private static byte[] stretch(byte[] body, SplittableRandom random) {
        int from = random.nextInt(body.length + 1);
        return Arrays.copyOfRange(body, from, Math.min(body.length, from + random.nextInt(40)));
    }

    private static byte[] doubled(byte[] piece) {
        return joined(piece, piece, new byte[0]);
    }

    private static byte[] joined(byte[] one, byte[] two, byte[] three) {
        byte[] all = Arrays.copyOf(one, one.length + two.length + three.length);
        System.arraycopy(two, 0, all, one.length, two.length);
        System.arraycopy(three, 0, all, one.length + two.length, three.length);
        return all;
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
