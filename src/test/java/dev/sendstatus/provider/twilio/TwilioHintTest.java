package dev.sendstatus.provider.twilio;

import static dev.sendstatus.provider.twilio.TwilioAccounts.MAIN;
import static dev.sendstatus.provider.twilio.TwilioAccounts.MAIN_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.provider.CallbackRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a signature that does not fit: only what the signature itself proves. */
final class TwilioHintTest {
    private static final String CONFIGURED = "https://status.example.com/webhooks/twilio";
    private static final List<Map.Entry<String, String>> PARAMETERS =
            List.of(Map.entry("MessageSid", "SM1"), Map.entry("MessageStatus", "sent"));

    private final TwilioAdapter adapter = new TwilioAdapter();

    private @Nullable String hint(String token, String signed, Map<String, String> moreHeaders) {
        CallbackRequest request = SignedRequest.form(token, signed, PARAMETERS)
                .withPublicUrl(CONFIGURED)
                .received();
        CallbackRequest withHeaders = new CallbackRequest(
                request.method(),
                request.publicUrl(),
                request.query(),
                name -> moreHeaders.containsKey(name)
                        ? moreHeaders.get(name)
                        : request.headers().first(name),
                request.body(),
                request.receivedAt());
        return adapter.hint(withHeaders, List.of(MAIN));
    }

    @ParameterizedTest
    @CsvSource({
        "http://status.example.com/webhooks/twilio",
        "https://status.example.com/webhooks/twilio/",
        "https://status.example.com:8443/webhooks/twilio",
        "http://status.example.com:8080/webhooks/twilio",
        "https://status.example.com/webhooks/twilio/main",
        "http://status.example.com/webhooks/twilio/main/",
    })
    void namesTheUrlThatWasSigned(String signed) {
        assertThat(hint(MAIN_TOKEN, signed, Map.of())).contains("signed over " + signed + " with the token of account");
    }

    @Test
    void aHostThatTheClientNamesIsProposedAndTheSignatureDecides() {
        String signed = "https://other.example.net/in/webhooks/twilio";
        Map<String, String> headers = Map.of("Host", "other.example.net", "X-Forwarded-Prefix", "/in");
        assertThat(hint(MAIN_TOKEN, signed, headers)).contains(signed).contains("http.public-url");
        assertThat(hint(MAIN_TOKEN, signed, Map.of())).isNull();
        assertThat(hint("0123456789abcdef0123456789abcdef", CONFIGURED, headers))
                .isNull();
    }

    @Test
    void holdsNoSecret() {
        String hint = hint(MAIN_TOKEN, "http://status.example.com/webhooks/twilio", Map.of());
        assertThat(hint).isNotNull().doesNotContain(MAIN_TOKEN);
    }

    @Test
    void aGreatBodyIsNotHashedAgainAndAgain() {
        CallbackRequest request = SignedRequest.form(
                        MAIN_TOKEN,
                        "http://status.example.com/webhooks/twilio",
                        List.of(Map.entry("Body", "x".repeat(20_000))))
                .withPublicUrl(CONFIGURED)
                .received();
        assertThat(adapter.hint(request, List.of(MAIN))).isNull();
    }
}
