package dev.sendstatus.store.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.state.Histories;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedTextsTest {
    private static final String ID = "SM0123456789abcdef0123456789abcdef";
    private static final String EVENT = "40316f6a-41b2-4c5c-9d5e-0123456789ab";

    private static DeliveryEvent event(
            String id, @Nullable String to, @Nullable String from, @Nullable String eventId) {
        return DeliveryEvent.of(
                        new MessageKey(Histories.PROVIDER, id), Direction.OUTBOUND, Progress.DELIVERED, "delivered")
                .to(to)
                .from(from)
                .eventId(eventId)
                .build();
    }

    private static final SharedTexts TEXTS = SharedTexts.of(event(ID, "+12025550143", "54321", EVENT));

    private static String shortened(String body) {
        ByteWriter out = new ByteWriter(16);
        return TEXTS.shorten(body.getBytes(StandardCharsets.UTF_8), out)
                ? new String(out.toBytes(), StandardCharsets.UTF_8)
                : body;
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            form,           To=%2B12025550143&From=54321&MessageSid=SM0123456789abcdef0123456789abcdef&x=1, To=%2B<2>&From=<3>&MessageSid=<1>&x=1
            JSON,           '{"id":"SM0123456789abcdef0123456789abcdef","to":["+12025550143"]}',            '{"id":"<1>","to":["+<2>"]}'
            an event's id,  '{"id":"40316f6a-41b2-4c5c-9d5e-0123456789ab"}',                                '{"id":"<4>"}'
            twice,          'a=12025550143&b=12025550143',                                                  a=<2>&b=<2>
            within a URL,   https://x/Messages/SM0123456789abcdef0123456789abcdef/Media,                    https://x/Messages/<1>/Media
            at the start,   12025550143,                                                                    <2>
            a longer one,   To=120255501439,                                                                To=<2>9
            cut short,      To=1202555014,                                                                  To=1202555014
            within a word,  To=x12025550143,                                                                To=x12025550143
            none,           To=%2B12025550199,                                                              To=%2B12025550199
            """)
    void aTextIsLeftOutWhereItFollowsWhatTextsFollow(String what, String body, String expected) {
        assertThat(shortened(body))
                .as(what)
                .isEqualTo(expected.replaceAll("<(\\d)>", "\0$1")
                        .replace("\0" + "1", "\1")
                        .replace("\0" + "2", "\2")
                        .replace("\0" + "3", "\3")
                        .replace("\0" + "4", "\4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\1", "To=12025550143\2", "\3=12025550143", "a\4"})
    void aBodyThatHasAMarkItselfStaysWhole(String body) {
        assertThat(TEXTS.shorten(body.getBytes(StandardCharsets.UTF_8), new ByteWriter(16)))
                .isFalse();
    }

    @Test
    void whatTheRowDoesNotSayIsNotLookedFor() {
        SharedTexts few = SharedTexts.of(event("m1", null, null, null));
        assertThat(few.shorten("id=m1&to=12025550143".getBytes(StandardCharsets.UTF_8), new ByteWriter(16)))
                .as("an id of two characters is as short as its mark")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverIsShortenedIsRestored(long seed) {
        Random random = new Random(seed);
        String[] pieces = {
            ID, EVENT, "12025550143", "54321", "=", "\"", "+", "%2B", "/", "&x", "S", "1", "ü", "\0", "5432"
        };
        int shorter = 0;
        for (int i = 0; i < 2_000; i++) {
            StringBuilder body = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                body.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] whole = body.toString().getBytes(StandardCharsets.UTF_8);
            ByteWriter out = new ByteWriter(16);
            if (TEXTS.shorten(whole, out)) {
                shorter++;
                assertThat(out.length()).isLessThan(whole.length);
                assertThat(TEXTS.restore(out.toBytes())).isEqualTo(whole);
            }
        }
        assertThat(shorter).isGreaterThan(1_000);
    }
}
