package dev.sendstatus.provider.twilio;

import static dev.sendstatus.provider.twilio.TwilioAccounts.MAIN;
import static dev.sendstatus.provider.twilio.TwilioAccounts.MAIN_SECONDARY;
import static dev.sendstatus.provider.twilio.TwilioAccounts.MAIN_SID;
import static dev.sendstatus.provider.twilio.TwilioAccounts.MAIN_TOKEN;
import static dev.sendstatus.provider.twilio.TwilioAccounts.SUB;
import static dev.sendstatus.provider.twilio.TwilioAccounts.SUB_SID;
import static dev.sendstatus.provider.twilio.TwilioAccounts.SUB_TOKEN;
import static dev.sendstatus.provider.twilio.TwilioAccounts.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.Authentication.Accepted;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.Authentication.Refused;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Event Streams: the URL is signed, and the body by its hash in the URL; the account is inside the events. */
final class TwilioStreamAuthenticationTest {
    private static final String URL = SignedRequest.URL;
    private final TwilioAdapter adapter = new TwilioAdapter();

    private static String events(String... accountSids) {
        StringBuilder body = new StringBuilder("[");
        for (String sid : accountSids) {
            body.append(body.length() == 1 ? "" : ",")
                    .append("{\"type\":\"com.twilio.messaging.message.sent\",\"data\":{\"accountSid\":")
                    .append(sid.isEmpty() ? "null" : '"' + sid + '"')
                    .append(",\"messageSid\":\"SM1\"}}");
        }
        return body.append(']').toString();
    }

    private static SignedRequest right() {
        return SignedRequest.json(MAIN_TOKEN, URL, events(MAIN_SID));
    }

    @SafeVarargs
    private Authentication of(SignedRequest request, Account<TwilioKeys>... accounts) {
        return adapter.authenticate(request.received(), List.of(accounts));
    }

    private static Refused refused(Reason reason) {
        return new Refused(reason);
    }

    @Test
    void rightSignatureIsAcceptedByEitherToken() {
        assertThat(of(right(), SUB, MAIN)).isEqualTo(new Accepted(MAIN.name()));
        assertThat(of(SignedRequest.json(MAIN_SECONDARY, URL + "?own=1", events(MAIN_SID)), MAIN))
                .isEqualTo(new Accepted(MAIN.name()));
    }

    @Test
    void withoutAMediaTypeTheBodyHashTellsJson() {
        assertThat(of(right().withContentType(null), MAIN)).isEqualTo(new Accepted(MAIN.name()));
        assertThat(of(right().withContentType(null).withBody("{}"), MAIN)).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void missingOrWrongSignatureIsRefused() {
        assertThat(of(right().withSignature(null), MAIN)).isEqualTo(refused(Reason.MISSING));
        assertThat(of(right().withSignature("A".repeat(27) + "="), MAIN)).isEqualTo(refused(Reason.WRONG));
        assertThat(of(SignedRequest.json("another-token", URL, events(MAIN_SID)), MAIN))
                .isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void alteredBodyIsWrong() {
        String body = right().bodyText();
        assertThat(of(right().withBody(body.replace("sent", "read")), MAIN)).isEqualTo(refused(Reason.WRONG));
        assertThat(of(right().withBody(body + "\n"), MAIN)).isEqualTo(refused(Reason.WRONG));
        assertThat(of(right().withBody(""), MAIN)).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void jsonWithoutItsHashIsWrongThoughTheUrlIsSigned() {
        SignedRequest request = right().withQuery(null).withSignature(SignedRequest.hmac(MAIN_TOKEN, URL));
        assertThat(of(request, MAIN)).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void hashOfAnotherFormIsWrong() {
        String hash = SignedRequest.sha256(right().body());
        for (String query : List.of(
                "bodySHA256=",
                "bodySHA256=" + hash.substring(1),
                "bodySHA256=" + hash + "0",
                "bodySHA256=" + "z".repeat(64),
                "bodysha256=" + hash,
                "bodySHA256=" + "0".repeat(64) + "&bodySHA256=" + hash)) {
            SignedRequest request =
                    right().withQuery(query).withSignature(SignedRequest.hmac(MAIN_TOKEN, URL + "?" + query));
            assertThat(of(request, MAIN)).as(query).isEqualTo(refused(Reason.WRONG));
        }
    }

    @Test
    void hashIsReadInAnyLetterCase() {
        String query = "bodySHA256=" + SignedRequest.sha256(right().body()).toUpperCase(Locale.ROOT);
        SignedRequest request =
                right().withQuery(query).withSignature(SignedRequest.hmac(MAIN_TOKEN, URL + "?" + query));
        assertThat(of(request, MAIN)).isEqualTo(new Accepted(MAIN.name()));
    }

    @Test
    void accountOfTheEventsIsHeldAgainstTheSigner() {
        assertThat(of(SignedRequest.json(MAIN_TOKEN, URL, events(SUB_SID)), MAIN, SUB))
                .isEqualTo(refused(Reason.FOREIGN));
        assertThat(of(SignedRequest.json(MAIN_TOKEN, URL, events("AC9")), MAIN)).isEqualTo(refused(Reason.FOREIGN));
        assertThat(of(SignedRequest.json(MAIN_TOKEN, URL, events(MAIN_SID, "", SUB_SID)), MAIN, SUB))
                .isEqualTo(refused(Reason.FOREIGN));
        assertThat(of(SignedRequest.json(SUB_TOKEN, URL, events(SUB_SID, "")), MAIN, SUB))
                .isEqualTo(new Accepted(SUB.name()));
    }

    @Test
    void eventsWithoutAnAccountBelongToTheSigner() {
        assertThat(of(SignedRequest.json(SUB_TOKEN, URL, events("")), MAIN, SUB))
                .isEqualTo(new Accepted(SUB.name()));
        assertThat(of(SignedRequest.json(SUB_TOKEN, URL, "not json"), MAIN, SUB))
                .isEqualTo(new Accepted(SUB.name()));
    }

    @Test
    void getSinkSignsTheUrlAlone() {
        assertThat(of(SignedRequest.get(MAIN_TOKEN, URL + "?sink=1"), MAIN)).isEqualTo(new Accepted(MAIN.name()));
    }

    @Test
    void accountThatDoesNotVerifyTakesItsOwnEventsAndOpensNoOther() {
        Account<TwilioKeys> open = account("open", false, SUB_SID, SUB_TOKEN, null);
        SignedRequest unsigned = right().withSignature(null).withQuery(null);
        assertThat(of(unsigned, MAIN, open)).isEqualTo(refused(Reason.MISSING));
        assertThat(of(unsigned, open)).isEqualTo(refused(Reason.FOREIGN));
        assertThat(of(unsigned.withBody(events(SUB_SID)), MAIN, open)).isEqualTo(new Accepted(open.name()));
        assertThat(of(unsigned.withBody(events("")), MAIN, open)).isEqualTo(new Accepted(open.name()));
    }
}
