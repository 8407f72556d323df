package dev.sendstatus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.jobs.LogLines;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinuteLogTest {
    private final SettableClock clock = new SettableClock();
    private final MinuteLog log = new MinuteLog(clock);

    @Test
    void theFirstIsToldAtOnceAndTheRestOncePerMinuteAndSubject() {
        try (LogLines lines = new LogLines()) {
            log.add("callbacks to twilio/main refused", "missing", "from 192.0.2.1");
            for (int i = 0; i < 1_000; i++) {
                log.add("callbacks to twilio/main refused", i % 4 == 0 ? "stale" : "wrong", "from 192.0.2." + i % 100);
            }
            log.add("callbacks to telnyx/main refused", "wrong", "from 192.0.2.2: the key is another account's");
            log.tell();
            clock.forward(Duration.ofSeconds(61));
            log.tell();
            clock.forward(Duration.ofSeconds(61));
            log.tell();
            assertThat(lines.of(MinuteLog.class))
                    .containsExactly(
                            "callbacks to twilio/main refused: 1 missing; the last: from 192.0.2.1",
                            "callbacks to telnyx/main refused: 1 wrong; the last: from 192.0.2.2: the key is another account's",
                            "callbacks to twilio/main refused: 250 stale, 750 wrong; the last: from 192.0.2.99");
        }
    }
}
