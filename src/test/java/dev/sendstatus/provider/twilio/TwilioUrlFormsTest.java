package dev.sendstatus.provider.twilio;

import static dev.sendstatus.provider.twilio.TwilioAccounts.MAIN;
import static dev.sendstatus.provider.twilio.TwilioAccounts.MAIN_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.provider.Authentication.Accepted;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.Authentication.Refused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The port and the user information of the URL, which Twilio signs now one way and now another. */
final class TwilioUrlFormsTest {
    private static final List<Map.Entry<String, String>> PARAMETERS = List.of(Map.entry("MessageSid", "SM1"));
    private final TwilioAdapter adapter = new TwilioAdapter();

    private boolean accepted(String configured, String signed) {
        SignedRequest request = SignedRequest.form(MAIN_TOKEN, signed, PARAMETERS);
        int mark = configured.indexOf('?');
        var answer = adapter.authenticate(
                request.withPublicUrl(mark < 0 ? configured : configured.substring(0, mark))
                        .withQuery(mark < 0 ? null : configured.substring(mark + 1))
                        .received(),
                List.of(MAIN));
        if (answer.equals(new Accepted(MAIN.name()))) {
            return true;
        }
        assertThat(answer).isEqualTo(new Refused(Reason.WRONG));
        return false;
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/w, https://a.example/w",
        "https://a.example/w, https://a.example:443/w",
        "http://a.example/w, http://a.example:80/w",
        "https://a.example:443/w, https://a.example/w",
        "https://a.example:8443/w?x=:1, https://a.example/w?x=:1",
        "https://a.example:8443/w, https://a.example:8443/w",
        "https://a.example, https://a.example:443",
        "https://a.example?x=1@b:2/c, https://a.example:443?x=1@b:2/c",
        "https://a.example/w@b:9, https://a.example:443/w@b:9",
        "https://a.example//w/%2B%c3%b1, https://a.example:443//w/%2B%c3%b1",
        "https://[2001:db8::1]/w, https://[2001:db8::1]:443/w",
        "https://[2001:db8::1]:8443/w, https://[2001:db8::1]/w",
        "https://user:pass@a.example/w, https://a.example/w",
        "https://user:pass@a.example/w, https://user:pass@a.example/w",
        "https://user:pass@a.example/w, https://a.example:443/w",
        "https://user:pass@a.example/w, https://user:pass@a.example:443/w",
        "https://user:pass@a.example:8443/w, https://a.example:8443/w",
        "https://user:pass@a.example:8443/w, https://a.example/w",
        "https://user:pass@a.example:8443/w, https://user:pass@a.example/w",
        "https://us@er:pass@a.example/w, https://a.example/w",
    })
    void formsThatTwilioMaySignAreAccepted(String configured, String signed) {
        assertThat(accepted(configured, signed)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/w, http://a.example/w",
        "https://a.example/w, https://a.example:80/w",
        "https://a.example/w, https://a.example:8443/w",
        "https://a.example/w, https://a.example/w/",
        "https://a.example/w, https://A.example/w",
        "https://a.example//w, https://a.example/w",
        "https://a.example/w, https://user:pass@a.example/w",
        "https://a.example/w%2B, https://a.example/w+",
        "https://a.example:8443/w, https://a.example:443/w",
        "https://a.example/w, https://a.example/w#rc=5",
    })
    void otherFormsAreNot(String configured, String signed) {
        assertThat(accepted(configured, signed)).isFalse();
    }

    @Test
    void urlWithoutASchemeIsSignedAsItIs() {
        assertThat(accepted("a.example:8443/w", "a.example:8443/w")).isTrue();
    }

    @Test
    void noMoreThanFourFormsAreTried() {
        assertThat(SignedUrl.forms("https://user:pass@a.example:8443/w", "q")).hasSize(4);
        assertThat(SignedUrl.forms("https://a.example/w", null)).hasSize(2);
    }
}
