package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.Recipient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+12025550143",
                "12025550143",
                " +1 202-555-0143 ",
                "+1 (202) 555.0143",
                "tel:+1-202-555-0143",
                "(202) 555-0143",
                "2025550143"
            })
    void aNumberIsTheSameHoweverItIsWritten(String text) {
        assertThat(PhoneNumber.of(text)).contains(new PhoneNumber("12025550143"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "1025550143",
                "5550143",
                "1.20256E+10",
                "12345",
                "ACME",
                "+1234567890123456",
                "whatsapp:+12025550143"
            })
    void whatHasNoCountryIsNone(String text) {
        assertThat(PhoneNumber.of(text)).isEmpty();
    }

    @Test
    void aNumberOfNorthAmericaIsInAnAddressWithoutItsCountrysCodeToo() {
        PhoneNumber number = new PhoneNumber("12025550143");
        assertThat(number.isIn("2025550143")).isTrue();
        assertThat(number.isIn("+2025550143")).isFalse();
        assertThat(number.isIn("whatsapp:+12025550143")).isTrue();
        assertThat(number.isIn("5550143")).isFalse();
        assertThat(new PhoneNumber("442025550143").isIn("2025550143")).isFalse();
        assertThat(number.erasedFromText("call 2025550143 or +12025550143, not 32025550143"))
                .isEqualTo("call erased or erased, not 32025550143");
    }

    @ParameterizedTest
    @CsvSource({
        "2025550143, +12025550143 2025550143",
        "+12025550143, +12025550143 2025550143",
        "12025550143, +12025550143 2025550143",
        "+2025550143, +2025550143",
        "1025550143, 1025550143",
        "+11025550143, +11025550143",
        "+442025550143, +442025550143",
        "whatsapp:+12025550143, whatsapp:+12025550143",
        "12345, 12345",
        "ACME, ACME"
    })
    void aNumberOfNorthAmericaIsMeantByTwoNames(String written, String names) {
        assertThat(PhoneNumber.namesOf(written))
                .extracting(Recipient::address)
                .containsExactlyInAnyOrder(names.split(" "));
    }

    @Test
    void itIsNeverPrintedWhole() {
        assertThat(String.valueOf(new PhoneNumber("12025550143"))).isEqualTo("+*********43");
    }
}
