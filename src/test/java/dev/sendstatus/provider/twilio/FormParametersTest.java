package dev.sendstatus.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormParametersTest {
    private static FormParameters decoded(String form) {
        return new FormParameters(form.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "a+b, a b",
        "a%2Bb, a+b",
        "a%2bb, a+b",
        "%C3%B1, ñ",
        "ñ, ñ",
        "a=b, a=b",
        "%, %",
        "%4, %4",
        "%4G, %4G",
        "%%41, %A",
        "%25%34%31, %41",
        "100%+sure, 100% sure",
    })
    void valueIsDecodedOnceAndMalformedEscapesAreKept(String sent, String read) {
        assertThat(decoded("v=" + sent).first("v")).isEqualTo(read);
        assertThat(decoded("v=" + sent + "&w=1").first("v")).isEqualTo(read);
    }

    @Test
    void firstOfARepeatedNameCountsAndAllAreKept() {
        FormParameters parameters = decoded("a=2&b=x&a=1&a=2&a=");
        assertThat(parameters.first("a")).isEqualTo("2");
        assertThat(parameters.all("a")).containsExactly("2", "1");
    }

    @Test
    void emptyIsThereButHasNoValue() {
        FormParameters parameters = decoded("a=&b");
        assertThat(parameters.has("a")).isTrue();
        assertThat(parameters.has("b")).isTrue();
        assertThat(parameters.has("c")).isFalse();
        assertThat(parameters.first("a")).isNull();
        assertThat(parameters.first("b")).isNull();
    }

    @Test
    void signedTextIsSortedWithoutRepetitions() {
        assertThat(signedText("b=2&a=1&b=1&b=2&B=0&ab=&%C3%A4=x&z")).isEqualTo("B0a1abb1b2zäx");
        assertThat(signedText("")).isEmpty();
        assertThat(signedText("&&&")).isEmpty();
    }

    @Test
    void signedTextKeepsBlanksAndBytesThatAreNoText() {
        assertThat(signedText("a=+x+&b=%20")).isEqualTo("a x b ");
        assertThat(decoded("a=%FF%00").signedText()).containsExactly('a', 0xff, 0);
    }

    @Test
    void manyParametersAreAllKept() {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            form.append("&p").append(i).append('=').append(i);
        }
        assertThat(decoded(form.toString()).first("p999")).isEqualTo("999");
    }

    private static String signedText(String form) {
        return new String(decoded(form).signedText(), StandardCharsets.UTF_8);
    }
}
