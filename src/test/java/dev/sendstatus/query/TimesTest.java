package dev.sendstatus.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:34:56Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T12:00:00Z, 2026-11-25T12:00:00Z",
        "2026-11-25T13:00:00+01:00, 2026-11-25T12:00:00Z",
        "2026-11-25T13:00:00 01:00, 2026-11-25T12:00:00Z",
        "2026-11-25 12:00Z, 2026-11-25T12:00:00Z",
        "2026-11-25t12:00:00.5z, 2026-11-25T12:00:00.500Z",
        "2026-11-24, 2026-11-24T00:00:00Z",
        "' 2026-11-24 ', 2026-11-24T00:00:00Z",
        "today, 2026-11-25T00:00:00Z",
        "Yesterday, 2026-11-24T00:00:00Z",
        "24h, 2026-11-24T12:34:56Z",
        "7d, 2026-11-18T12:34:56Z",
        "90m, 2026-11-25T11:04:56Z",
        "1d12h, 2026-11-24T00:34:56Z",
        "6 d 18 h, 2026-11-18T18:34:56Z",
        "5 min, 2026-11-25T12:29:56Z",
        "PT6H, 2026-11-25T06:34:56Z",
        "P2D, 2026-11-23T12:34:56Z",
        "0s, 2026-11-25T12:34:56Z"
    })
    void aMomentIsADayAnInstantOrAnAge(String text, Instant expected) throws WrongParameter {
        assertThat(Times.moment("since", text, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "tomorrow",
                "2026-02-30",
                "2026-13-01",
                "25.11.2026",
                "2026-11-25T12:00:00",
                "12:00",
                "24",
                "h",
                "-6h",
                "6h-",
                "+6h",
                "999999999999d",
                "99999999999999999999h",
                "1969-12-31T00:00:00Z",
                "+1000000000-01-01T00:00:00Z",
                "P1Y",
                "24 hours",
                "d"
            })
    void anythingElseIsAnsweredWithExamples(String text) {
        assertThatThrownBy(() -> Times.moment("since", text, NOW))
                .isInstanceOf(WrongParameter.class)
                .hasMessageStartingWith("since is a time like 2026-11-25T12:00:00Z")
                .hasMessageContainingAll("yesterday", "24h", "\"" + text + "\"");
    }

    @Test
    void aTimeToComeLiesAheadAndALengthOfTimeCountsFromNow() throws WrongParameter {
        assertThat(Times.ahead("until", "4h", NOW)).isEqualTo("2026-11-25T16:34:56Z");
        assertThat(Times.ahead("until", "2026-11-26T08:00:00Z", NOW)).isEqualTo("2026-11-26T08:00:00Z");
        assertThat(Times.ahead("until", "today", NOW)).isEqualTo("2026-11-26T00:00:00Z");
        for (String text : List.of("0s", "yesterday", "2026-11-25T12:34:56Z", "soon", "99999999999d")) {
            assertThatThrownBy(() -> Times.ahead("until", text, NOW))
                    .isInstanceOf(WrongParameter.class)
                    .hasMessageStartingWith("until ");
        }
    }

    @Test
    void theEndOfADayIsTheBeginningOfTheNext() throws WrongParameter {
        assertThat(Times.end("window", "yesterday", NOW)).isEqualTo("2026-11-25T00:00:00Z");
        assertThat(Times.end("window", "2h", NOW)).isEqualTo("2026-11-25T10:34:56Z");
    }

    @Test
    void aCalendarDayIsAskedForByItsNameToo() throws WrongParameter {
        LocalDate today = LocalDate.of(2026, 3, 1);
        assertThat(Times.day("date", "yesterday", today)).isEqualTo("2026-02-28");
        assertThat(Times.day("date", "2026-02-03", today)).isEqualTo("2026-02-03");
        assertThatThrownBy(() -> Times.day("date", "24h", today)).hasMessageContaining("date is a day like 2026-11-25");
    }

    @Test
    void anAgeIsNoDay() throws WrongParameter {
        assertThat(Times.age("older_than", "1d6h")).isEqualTo(Duration.ofHours(30));
        assertThatThrownBy(() -> Times.age("older_than", "yesterday"))
                .hasMessageContaining("an age like 6h, 90m or 2d");
    }
}
