package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentMessagesTest {
    private final RecentMessages recent = new RecentMessages();

    @Test
    void whatWasPutLastIsFound() {
        recent.put(key(1), 7, history("sent"));
        recent.put(key(1), 7, history("sent and delivered"));
        recent.put(key(2), 8, history("failed"));

        assertThat(said(1)).isEqualTo("7 sent and delivered");
        assertThat(said(2)).isEqualTo("8 failed");
        assertThat(said(3)).isNull();
    }

    @Test
    void whatWasRemovedIsNotFound() {
        recent.put(key(1), 7, history("sent"));
        recent.put(key(2), 8, history("sent"));

        recent.remove(key(1));

        assertThat(said(1)).isNull();
        assertThat(said(2)).isEqualTo("8 sent");

        recent.clear();

        assertThat(said(2)).isNull();
    }

    @Test
    void aHistoryTooLongToBeRememberedIsNotFoundAsItWasBefore() {
        recent.put(key(1), 7, history("sent"));

        recent.put(key(1), 7, new byte[20_000]);

        assertThat(said(1)).isNull();
    }

    /** Some sixty megabytes go through: the ring is filled a dozen times, and its seam falls anywhere. */
    @Test
    void howeverManyAreWrittenARowIsFoundAsItWasWrittenLastOrNotAtAll() {
        Random random = new Random(20_261_126);
        Map<Integer, String> written = new HashMap<>();
        int found = 0;
        for (int i = 0; i < 200_000; i++) {
            int number = random.nextInt(60_000);
            String text = "x".repeat(random.nextInt(600)) + i;
            recent.put(key(number), number, history(text));
            written.put(number, number + " " + text);

            int other = random.nextInt(60_000);
            String said = said(other);
            if (said != null) {
                assertThat(said).isEqualTo(written.get(other));
                found++;
            }
        }
        assertThat(found).isGreaterThan(20_000);
    }

    @Test
    void theLastTenThousandAreNearlyAllFound() {
        for (int i = 0; i < 100_000; i++) {
            recent.put(
                    key(i),
                    i,
                    history("a history as long as most, which have some hundred bytes when they are packed"));
        }

        int found = 0;
        for (int i = 90_000; i < 100_000; i++) {
            found += said(i) == null ? 0 : 1;
        }
        assertThat(found).isGreaterThan(9_900);
        assertThat(said(0)).isNull();
    }

    /** The id and the history of that message; null if it is not known. */
    private @Nullable String said(int number) {
        KeyIndex.Found found = recent.find(key(number));
        return found == null ? null : found.id() + " " + new String(found.history(), StandardCharsets.UTF_8);
    }

    private static byte[] key(int number) {
        return ("SM" + number * 2_654_435_761L).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] history(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
