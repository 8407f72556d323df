package dev.sendstatus.provider.twilio;

import static dev.sendstatus.provider.twilio.TwilioAccounts.MAIN;
import static dev.sendstatus.provider.twilio.TwilioAccounts.MAIN_SECONDARY;
import static dev.sendstatus.provider.twilio.TwilioAccounts.MAIN_SID;
import static dev.sendstatus.provider.twilio.TwilioAccounts.MAIN_TOKEN;
import static dev.sendstatus.provider.twilio.TwilioAccounts.SUB;
import static dev.sendstatus.provider.twilio.TwilioAccounts.SUB_SID;
import static dev.sendstatus.provider.twilio.TwilioAccounts.SUB_TOKEN;
import static dev.sendstatus.provider.twilio.TwilioAccounts.account;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.Authentication.Accepted;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.Authentication.Refused;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Form callbacks by POST and GET: which signatures fit, and which account they prove. */
final class TwilioAuthenticationTest {
    private static final String URL = SignedRequest.URL;
    private final TwilioAdapter adapter = new TwilioAdapter();

    private static List<Map.Entry<String, String>> delivered(String accountSid) {
        return List.of(
                entry("SmsSid", "SM1"),
                entry("MessageStatus", "delivered"),
                entry("To", "+12025550143"),
                entry("MessageSid", "SM1"),
                entry("AccountSid", accountSid),
                entry("ToCity", ""),
                entry("Body", "  ñ & 'two' = \uD83D\uDE00  "),
                entry("toLower", "1"));
    }

    private static SignedRequest right() {
        return SignedRequest.form(MAIN_TOKEN, URL, delivered(MAIN_SID));
    }

    @SafeVarargs
    private Authentication of(SignedRequest request, Account<TwilioKeys>... accounts) {
        return adapter.authenticate(request.received(), List.of(accounts));
    }

    private static Accepted accepted(Account<TwilioKeys> account) {
        return new Accepted(account.name());
    }

    private static Refused refused(Reason reason) {
        return new Refused(reason);
    }

    @Test
    void missingSignatureIsMissing() {
        assertThat(of(right().withSignature(null), MAIN)).isEqualTo(refused(Reason.MISSING));
        assertThat(of(right().withSignature(""), MAIN)).isEqualTo(refused(Reason.MISSING));
    }

    @Test
    void signatureOfAnotherTokenIsWrong() {
        SignedRequest request = SignedRequest.form("another-token", URL, delivered(MAIN_SID));
        assertThat(of(request, MAIN, SUB)).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void signatureOfAnotherFormIsWrong() {
        String good = String.valueOf(right().signature());
        byte[] bytes = Base64.getDecoder().decode(good);
        for (String bad : List.of(
                good.substring(0, 27),
                good + "=",
                " " + good.substring(1),
                good.substring(0, 27) + "!",
                good.toLowerCase(Locale.ROOT),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                HexFormat.of().formatHex(bytes),
                "sha1=" + good,
                "ñ".repeat(28),
                "A".repeat(100_000))) {
            assertThat(of(right().withSignature(bad), MAIN)).as(bad).isEqualTo(refused(Reason.WRONG));
        }
    }

    @Test
    void truncatedOrAlteredBodyIsWrong() {
        String body = right().bodyText();
        for (String bad : List.of(
                "",
                body.substring(0, body.length() - 1),
                body + "&More=1",
                body.replace("delivered", "failed"),
                body.replace("&ToCity=", ""),
                body.replace("++", "+"))) {
            assertThat(of(right().withBody(bad), MAIN)).as(bad).isEqualTo(refused(Reason.WRONG));
        }
    }

    @Test
    void orderAndEscapesOfTheBodyAreNotSigned() {
        String body = right().bodyText();
        List<String> parts = new ArrayList<>(List.of(body.split("&")));
        Collections.reverse(parts);
        assertThat(of(right().withBody(String.join("&", parts)), MAIN)).isEqualTo(accepted(MAIN));
        assertThat(of(right().withBody(body.replace("delivered", "%64elivered")), MAIN))
                .isEqualTo(accepted(MAIN));
        assertThat(of(right().withBody(body + "&ToCity="), MAIN)).isEqualTo(accepted(MAIN));
    }

    /** No delimiters are signed. Harmless, since such a request can lower no status: see TwilioStateTest. */
    @Test
    void parametersCutElsewhereStillFit() {
        List<Map.Entry<String, String>> failed = List.of(
                entry("AccountSid", MAIN_SID),
                entry("ErrorCode", "30003"),
                entry("MessageSid", "SM1"),
                entry("MessageStatus", "failed"));
        SignedRequest request = SignedRequest.form(MAIN_TOKEN, URL, failed);
        String cut = request.bodyText().replace("ErrorCode=30003", "ErrorCode3=0003");
        assertThat(of(request.withBody(cut), MAIN)).isEqualTo(accepted(MAIN));
    }

    @Test
    void bothTokensOfARotationAreAccepted() {
        assertThat(of(SignedRequest.form(MAIN_SECONDARY, URL, delivered(MAIN_SID)), MAIN))
                .isEqualTo(accepted(MAIN));
        Account<TwilioKeys> afterwards = account("main", true, MAIN_SID, MAIN_SECONDARY, null);
        assertThat(of(right(), afterwards)).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void accountSidChoosesAmongSeveralAccounts() {
        assertThat(of(right(), SUB, MAIN)).isEqualTo(accepted(MAIN));
        assertThat(of(SignedRequest.form(SUB_TOKEN, URL, delivered(SUB_SID)), MAIN, SUB))
                .isEqualTo(accepted(SUB));
    }

    @Test
    void withoutAccountSidEveryAccountIsTried() {
        List<Map.Entry<String, String>> nameless = List.of(entry("MessageSid", "SM1"), entry("AccountSid", ""));
        assertThat(of(SignedRequest.form(SUB_TOKEN, URL, nameless), MAIN, SUB)).isEqualTo(accepted(SUB));
        assertThat(of(SignedRequest.form("another-token", URL, nameless), MAIN, SUB))
                .isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void accountSidOfNoCandidateIsForeign() {
        assertThat(of(SignedRequest.form(MAIN_TOKEN, URL, delivered("AC9")), MAIN, SUB))
                .isEqualTo(refused(Reason.FOREIGN));
        assertThat(of(SignedRequest.form(MAIN_TOKEN, URL, delivered(SUB_SID)), MAIN))
                .isEqualTo(refused(Reason.FOREIGN));
        assertThat(of(SignedRequest.form("another-token", URL, delivered("AC9")), MAIN, SUB))
                .isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void parentTokenDoesNotProveASubaccount() {
        assertThat(of(SignedRequest.form(MAIN_TOKEN, URL, delivered(SUB_SID)), MAIN, SUB))
                .isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void twoAccountSidsAreForeignWhoeverSigned() {
        List<Map.Entry<String, String>> both =
                List.of(entry("AccountSid", SUB_SID), entry("AccountSid", MAIN_SID), entry("MessageSid", "SM1"));
        assertThat(of(SignedRequest.form(MAIN_TOKEN, URL, both), MAIN, SUB)).isEqualTo(refused(Reason.FOREIGN));
    }

    @Test
    void accountThatDoesNotVerifyTakesWhatIsItsOwn() {
        Account<TwilioKeys> open = account("open", false, MAIN_SID, MAIN_TOKEN, null);
        assertThat(of(right().withSignature(null), open)).isEqualTo(accepted(open));
        assertThat(of(right().withSignature("wrong"), open)).isEqualTo(accepted(open));
        assertThat(of(right().withBody("MessageSid=SM1"), open)).isEqualTo(accepted(open));
        assertThat(of(right().withBody("AccountSid=AC9"), open)).isEqualTo(refused(Reason.FOREIGN));
    }

    @Test
    void accountThatDoesNotVerifyOpensNoOther() {
        Account<TwilioKeys> open = account("open", false, SUB_SID, SUB_TOKEN, null);
        assertThat(of(right(), open, MAIN)).isEqualTo(accepted(MAIN));
        assertThat(of(right().withSignature(null), open, MAIN)).isEqualTo(refused(Reason.MISSING));
        assertThat(of(right().withBody("AccountSid=" + MAIN_SID), open, MAIN)).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void queryIsSignedAsSent() {
        String url = URL + "?b=%2B1&a=1&&c=%c3%b1&d=x+y";
        SignedRequest request = SignedRequest.form(MAIN_TOKEN, url, delivered(MAIN_SID));
        assertThat(of(request, MAIN)).isEqualTo(accepted(MAIN));
        for (String bad :
                List.of("", "a=1&b=%2B1&c=%c3%b1&d=x+y", "b=+1&a=1&&c=%c3%b1&d=x+y", "b=%2B1&a=1&&c=%C3%B1&d=x+y")) {
            assertThat(of(request.withQuery(bad), MAIN)).as(bad).isEqualTo(refused(Reason.WRONG));
        }
        assertThat(of(request.withQuery(null), MAIN)).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void accountSidInTheQueryOfAFormIsTheOperatorsOwn() {
        SignedRequest request = SignedRequest.form(MAIN_TOKEN, URL + "?AccountSid=AC9", delivered(MAIN_SID));
        assertThat(of(request, MAIN)).isEqualTo(accepted(MAIN));
    }

    @Test
    void formWithABodyHashIsStillAForm() {
        SignedRequest request =
                SignedRequest.form(MAIN_TOKEN, URL + "?bodySHA256=" + "0".repeat(64), delivered(MAIN_SID));
        assertThat(of(request, MAIN)).isEqualTo(accepted(MAIN));
    }

    @Test
    void formWithoutAMediaTypeIsAForm() {
        assertThat(of(right().withContentType(null), MAIN)).isEqualTo(accepted(MAIN));
    }

    @Test
    void getSignsTheUrlAlone() {
        SignedRequest request =
                SignedRequest.get(MAIN_TOKEN, URL + "?MessageSid=SM1&MessageStatus=sent&AccountSid=" + MAIN_SID);
        assertThat(of(request, SUB, MAIN)).isEqualTo(accepted(MAIN));
        assertThat(of(request.withContentType(SignedRequest.FORM).withBody("MessageStatus=failed"), MAIN))
                .isEqualTo(accepted(MAIN));
        assertThat(of(request.withQuery("MessageSid=SM1&MessageStatus=failed&AccountSid=" + MAIN_SID), MAIN))
                .isEqualTo(refused(Reason.WRONG));
        assertThat(of(request, SUB)).isEqualTo(refused(Reason.WRONG));
        assertThat(of(SignedRequest.get(MAIN_TOKEN, URL + "?AccountSid=AC9"), MAIN))
                .isEqualTo(refused(Reason.FOREIGN));
    }

    @Test
    void namesAreSortedByByteAndBeforeTheirValues() {
        List<Map.Entry<String, String>> parameters = List.of(
                entry("ReasonConferenceEnded", "last"),
                entry("Reason", "zzz"),
                entry("reason", "lower case comes later"),
                entry("Ä", "after ASCII"),
                entry("", "a value without a name"));
        SignedRequest sorted = SignedRequest.form(MAIN_TOKEN, URL, parameters);
        String text = URL + "a value without a name" + "Reasonzzz" + "ReasonConferenceEndedlast"
                + "reasonlower case comes later" + "Äafter ASCII";
        assertThat(of(sorted.withSignature(SignedRequest.hmac(MAIN_TOKEN, text)), MAIN))
                .isEqualTo(accepted(MAIN));
    }

    @Test
    void bodyFullOfParametersIsJudgedInReasonableTime() {
        String body = "a&".repeat(250_000) + "AccountSid=AC9";
        assertThat(of(right().withBody(body), MAIN, SUB)).isEqualTo(refused(Reason.WRONG));
    }
}
