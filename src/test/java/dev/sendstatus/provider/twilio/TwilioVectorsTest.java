package dev.sendstatus.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.Authentication.Accepted;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.Authentication.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The signatures in the tests of Twilio's own SDKs for Java, Node and Python, all made with the token 12345. */
final class TwilioVectorsTest {
    private static final Account<TwilioKeys> ACCOUNT =
            TwilioAccounts.account("vectors", true, TwilioAccounts.MAIN_SID, "12345", null);
    private static final String URL = "https://mycompany.com/myapp.php";
    private static final String CALL =
            "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234" + "&From=%2B14158675309&To=%2B18005551212";
    private static final String HASH = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    private static final String JSON = "{\"property\": \"value\", \"boolean\": true}";

    private static Authentication form(String body, String signature) {
        return authenticate(URL, "foo=1&bar=2", SignedRequest.FORM, body, signature);
    }

    private static Authentication json(String query, String body) {
        return authenticate(URL, query, "application/json", body, "a9nBmqA0ju/hNViExpshrM61xv4=");
    }

    private static Authentication authenticate(String url, String query, String type, String body, String signature) {
        SignedRequest request =
                new SignedRequest("POST", url, query, type, body.getBytes(StandardCharsets.UTF_8), signature);
        return new TwilioAdapter().authenticate(request.received(), List.of(ACCOUNT));
    }

    private static Accepted accepted() {
        return new Accepted(ACCOUNT.name());
    }

    private static Refused wrong() {
        return new Refused(Reason.WRONG);
    }

    @Test
    void formIsAccepted() {
        assertThat(form(CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")).isEqualTo(accepted());
    }

    @Test
    void formSignedWithThePortIsAccepted() {
        assertThat(form(CALL, "kvajT1Ptam85bY51eRf/AJRuM3w=")).isEqualTo(accepted());
    }

    @Test
    void formSignedWithoutTheConfiguredPortIsAccepted() {
        assertThat(authenticate(
                        "https://mycompany.com:1234/myapp.php",
                        "foo=1&bar=2",
                        SignedRequest.FORM,
                        CALL,
                        "RSOYDt4T1cUTdK1PDd93/VVr8B8="))
                .isEqualTo(accepted());
    }

    @Test
    void repeatedNamesAreSignedWithEachDifferentValueInOrder() {
        assertThat(form(
                        "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234",
                        "IK+Dwps556ElfBT0I3Rgjkr1wJU="))
                .isEqualTo(accepted());
    }

    @Test
    void jsonIsAcceptedWhenItHashesToTheParameter() {
        assertThat(json("foo=1&bar=2&bodySHA256=" + HASH, JSON)).isEqualTo(accepted());
        assertThat(json("foo=1&bar=2&bodySHA256=" + HASH, JSON + " ")).isEqualTo(wrong());
        assertThat(json("foo=1&bar=2", JSON)).isEqualTo(wrong());
    }
}
