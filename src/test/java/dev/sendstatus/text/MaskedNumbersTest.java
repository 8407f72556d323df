package dev.sendstatus.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "+12025550143, …0143",
        "12025550143, …0143",
        "(202) 555-0143, …0143",
        "whatsapp:+12025550143, whatsapp:…0143",
        "12345, …2345",
        "ACME, ACME",
        "VOTE2026, VOTE2026",
        "erased, erased",
        "'', ''"
    })
    void ofASenderOrARecipientTheLastFourDigitsStay(String address, String masked) {
        assertThat(MaskedNumbers.address(address)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            twilio/main from=+12025550143                     | twilio/main from=…0143
            twilio/main from=12345                            | twilio/main from=…2345
            sender 123456 fails                               | sender …3456 fails
            +1 202 555 0143, (202) 555-0143 or 202-555-0143   | …0143, …0143 or …0143
            call +44 (0)20 7946 0958 now                      | call …0958 now
            "whatsapp:+12025550143"                           | "whatsapp:…0143"
            code 30007, 1,234,567 of 98,765                   | code 30007, 1,234,567 of 98,765
            since 2026-11-30T05:12:00.123Z                    | since 2026-11-30T05:12:00.123Z
            2026-11-30 05:12 to 2026-11-30 06:00              | 2026-11-30 05:12 to 2026-11-30 06:00
            SM00000000000000000000000000000001                | SM00000000000000000000000000000001
            campaign=spring_12025550143                       | campaign=spring_12025550143
            """)
    void ofANumberInATextTheLastFourDigitsStay(String text, String masked) {
        assertThat(MaskedNumbers.text(text)).isEqualTo(masked);
    }
}
