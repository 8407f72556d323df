package dev.sendstatus.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationTest {

    @ParameterizedTest
    @CsvSource({
        "ftp://example.com/, no http or https URL",
        "example.com, no http or https URL",
        "https://user:secret@example.com/, user name",
        "http://example.com/, not encrypted",
        "https://localhost/, this host",
        "https://receiver.localhost:8443/, this host",
        "https://127.0.0.1/, this host",
        "https://127.1/, this host",
        "https://2130706433/, this host",
        "https://[::1]/, this host",
        "https://[::ffff:10.0.0.1]/, private network",
        "https://10.1.2.3/hook, private network",
        "https://169.254.169.254/latest/meta-data, metadata",
        "https://[64:ff9b::a00:1]/, NAT64"
    })
    void isRefused(String url, String why) {
        assertThatThrownBy(() -> Destination.url(url, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/hook, false",
        "https://1.1.1.1/, false",
        "https://10.1.2.3.example.com/, false",
        "http://10.1.2.3:8080/hook, true",
        "http://localhost/, true"
    })
    void isTaken(String url, boolean privateNetwork) {
        assertThat(Destination.url(url, privateNetwork).toString()).isEqualTo(url);
    }

    @Test
    void itsQueryIsNotShown() {
        Destination destination = new Destination(
                Destination.url("https://example.com/hook?token=hidden", false),
                List.of(SigningSecret.read(SigningSecret.make())),
                Duration.ofSeconds(15),
                false);
        assertThat(destination.shown()).isEqualTo("https://example.com/hook?…");
        assertThat(destination.toString()).doesNotContain("hidden", "whsec_");
    }
}
