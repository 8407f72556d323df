package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"+12025550143", "12025550143", " +1 202-555-0143 ", "+1 (202) 555.0143"})
    void aNumberIsTheSameHoweverItIsWritten(String text) {
        assertThat(PhoneNumber.of(text)).contains(new PhoneNumber("12025550143"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "2025550143", "12345", "ACME", "+1234567890123456", "whatsapp:+12025550143"})
    void whatHasNoCountryIsNone(String text) {
        assertThat(PhoneNumber.of(text)).isEmpty();
    }

    @Test
    void itIsNeverPrintedWhole() {
        assertThat(String.valueOf(new PhoneNumber("12025550143"))).isEqualTo("+*********43");
    }
}
