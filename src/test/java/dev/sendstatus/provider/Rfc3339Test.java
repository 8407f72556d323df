package dev.sendstatus.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T11:59:36Z,2026-11-25T11:59:36Z",
        "2026-11-25T11:59:36.9Z,2026-11-25T11:59:36.9Z",
        "2026-11-25T11:59:36.123456789Z,2026-11-25T11:59:36.123456789Z",
        "2024-02-29T00:00:00.000Z,2024-02-29T00:00:00Z",
        "2026-11-25t11:59:36z,2026-11-25T11:59:36Z",
        "2026-11-25T11:59:36+00:00,2026-11-25T11:59:36Z",
        "2026-11-25T11:59:36-05:30,2026-11-25T17:29:36Z",
        "2026-11-25T11:59:36.5-00:00,2026-11-25T11:59:36.5Z",
        "2016-12-31T23:59:60Z,2017-01-01T00:00:00Z",
        "2016-12-31T15:59:60.25-08:00,2017-01-01T00:00:00.25Z",
        "1970-01-01T00:00:00Z,1970-01-01T00:00:00Z"
    })
    void timesAreRead(String text, Instant time) {
        assertThat(Rfc3339.read(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-25",
                "2026-11-25T11:59:36",
                "2026-11-25 11:59:36Z",
                "2026-11-25T11:59:36.Z",
                "2026-11-25T11:59:36.1234567890Z",
                "2026-11-25T11:59:36ZZ",
                "2026-11-25T11:59:36Z ",
                " 2026-11-25T11:59:36Z",
                "2016-12-31T23:59:60ZZ",
                "2026-11-25_11:59:36Z",
                "2026-11-25T11:59:36+0000",
                "2026-11-25T11:59:36+24:00",
                "2026-11-25T24:00:00Z",
                "2026-11-25T11:60:00Z",
                "2026-11-25T11:59:61Z",
                "2026-13-25T11:59:36Z",
                "2026-00-25T11:59:36Z",
                "2026-11-31T11:59:36Z",
                "2025-02-29T11:59:36Z",
                "1969-12-31T23:59:59Z",
                "+999999999-12-31T23:59:59.999999999Z",
                "-2026-11-25T11:59:36Z",
                "２０２６-11-25T11:59:36Z"
            })
    void anythingElseIsNoTime(String text) {
        assertThat(Rfc3339.read(text)).isNull();
    }

    @Test
    void noTimeIsNoTime() {
        assertThat(Rfc3339.read(null)).isNull();
    }

    @Test
    void itAgreesWithTheJdk() {
        SplittableRandom random = new SplittableRandom(20261125);
        for (int i = 0; i < 5_000; i++) {
            OffsetDateTime time = Instant.ofEpochSecond(
                            random.nextLong(86_400, 4_000_000_000L), random.nextInt(1_000_000_000))
                    .atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60 + 1) * 60))
                    .withNano(random.nextInt(1_000_000_000));
            String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
            assertThat(Rfc3339.read(text)).as(text).isEqualTo(time.toInstant());
        }
    }
}
