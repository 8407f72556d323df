package dev.sendstatus.provider.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.Authentication.Accepted;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.Authentication.Refused;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.InvalidAccount;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BandwidthAuthenticationTest {
    private static final BandwidthAdapter ADAPTER = new BandwidthAdapter();
    private static final byte[] BODY = "[{}]".getBytes(StandardCharsets.UTF_8);

    private final Account<BandwidthKeys> main = account("main", true, "main-user", "main-password");
    private final Account<BandwidthKeys> other = account("other", true, "other-user", "other-password");

    @Test
    void noHeaderIsMissingAndIsChallenged() {
        assertThat(authenticate(null, main)).isEqualTo(new Refused(Reason.MISSING));
        assertThat(authenticate("  ", main)).isEqualTo(new Refused(Reason.MISSING));
        assertThat(ADAPTER.challenge()).isEqualTo("Basic realm=\"sendstatus\"");
    }

    @Test
    void theBodyDoesNotMatterSinceTheFirstRequestOfAChallengeMayHaveNone() {
        for (String body : List.of("", "not JSON", "[]")) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            assertThat(ADAPTER.authenticate(request(null, bytes), List.of(main)))
                    .isEqualTo(new Refused(Reason.MISSING));
            assertThat(ADAPTER.authenticate(request(basic("main-user:main-password"), bytes), List.of(main)))
                    .isEqualTo(accepted("main"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main-user:main-passwore",
                "main-user:main-passwor",
                "main-user:main-password ",
                "main-user:main-password\0",
                "main-user:Main-password",
                "main-user:",
                "main-user",
                ":main-password",
                "main-use:main-password",
                "Main-user:main-password",
                "main-user::main-password",
                "main-password:main-user",
                "main-user:other-password",
                "other-user:main-password",
                "stranger:main-password",
                ":",
                ""
            })
    void anythingElseIsWrong(String presented) {
        assertThat(authenticate(basic(presented), main, other)).isEqualTo(new Refused(Reason.WRONG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic ",
                "Basic !!!!",
                "Basic bWFpbi11c2VyOm1haW4tcGFzc3dvcm",
                "Basic bWFpbi11c2VyOm1haW4tcGFzc3dvcmQ=x",
                "Basic bWFpbi11c2Vy Om1haW4tcGFzc3dvcmQ=",
                "Basic main-user:main-password",
                "Basic \u00fc\u20ac",
                "BasicbWFpbi11c2VyOm1haW4tcGFzc3dvcmQ=",
                "Bearer bWFpbi11c2VyOm1haW4tcGFzc3dvcmQ=",
                "Digest username=\"main-user\"",
                "bWFpbi11c2VyOm1haW4tcGFzc3dvcmQ="
            })
    void aHeaderThatIsNotWellFormedIsWrong(String header) {
        assertThat(authenticate(header, main)).isEqualTo(new Refused(Reason.WRONG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "basic ", "BASIC ", "bAsIc ", "Basic   "})
    void theSchemeCountsInAnyLetterCaseAndWithAnyNumberOfSpaces(String scheme) {
        String header = scheme + base64("main-user:main-password");
        assertThat(authenticate(header, main)).isEqualTo(accepted("main"));
    }

    @Test
    void thePublicExampleOfRfc7617IsAccepted() {
        Account<BandwidthKeys> aladdin = account("aladdin", true, "Aladdin", "open sesame");
        assertThat(authenticate("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", aladdin)).isEqualTo(accepted("aladdin"));
    }

    @Test
    void thePublicUtf8ExampleOfRfc7617IsAccepted() {
        Account<BandwidthKeys> test = account("test", true, "test", "123\u00a3");
        assertThat(authenticate("Basic dGVzdDoxMjPCow==", test)).isEqualTo(accepted("test"));
    }

    @Test
    void aPasswordMayHaveColonsAndAnyLetters() {
        Account<BandwidthKeys> account = account("main", true, "main-user", ":a:b\u00fc\u20ac\ud83d\ude00:");
        assertThat(authenticate(basic("main-user::a:b\u00fc\u20ac\ud83d\ude00:"), account))
                .isEqualTo(accepted("main"));
        assertThat(authenticate(basic("main-user:a:b\u00fc\u20ac\ud83d\ude00:"), account))
                .isEqualTo(new Refused(Reason.WRONG));
    }

    @Test
    void accountsMayShareAUserNameAndDifferByPassword() {
        Account<BandwidthKeys> twin = account("twin", true, "main-user", "twin-password");
        assertThat(authenticate(basic("main-user:twin-password"), main, twin)).isEqualTo(accepted("twin"));
    }

    @Test
    void oldAndNewCredentialsAreBothAcceptedWhileTheyAreChanged() {
        Account<BandwidthKeys> rotating = account(
                "main",
                true,
                Map.of(
                        "callback-username", "new-user",
                        "callback-password", "new-password",
                        "callback-username-secondary", "old-user",
                        "callback-password-secondary", "old-password"));
        assertThat(authenticate(basic("new-user:new-password"), rotating)).isEqualTo(accepted("main"));
        assertThat(authenticate(basic("old-user:old-password"), rotating)).isEqualTo(accepted("main"));
        assertThat(authenticate(basic("old-user:new-password"), rotating)).isEqualTo(new Refused(Reason.WRONG));
        assertThat(authenticate(basic("new-user:old-password"), rotating)).isEqualTo(new Refused(Reason.WRONG));
    }

    @Test
    void withoutVerificationEverythingIsAccepted() {
        Account<BandwidthKeys> open = account("open", false, "open-user", "open-password");
        assertThat(authenticate(null, open)).isEqualTo(accepted("open"));
        assertThat(authenticate("Bearer x", open)).isEqualTo(accepted("open"));
        assertThat(authenticate(basic("open-user:wrong"), open)).isEqualTo(accepted("open"));
    }

    @Test
    void withoutVerificationTheUserNameStillChooses() {
        Account<BandwidthKeys> one = account("one", false, "one-user", "one-password");
        Account<BandwidthKeys> two = account("two", false, "two-user", "two-password");
        assertThat(authenticate(basic("two-user:wrong"), one, two)).isEqualTo(accepted("two"));
        assertThat(authenticate(null, one, two)).isEqualTo(accepted("one"));
    }

    @Test
    void anAccountWithoutVerificationTakesNothingFromOneThatIsVerified() {
        Account<BandwidthKeys> open = account("open", false, "open-user", "open-password");
        assertThat(authenticate(basic("main-user:main-password"), open, main)).isEqualTo(accepted("main"));
        assertThat(authenticate(basic("main-user:wrong"), open, main)).isEqualTo(new Refused(Reason.WRONG));
        assertThat(authenticate(basic("stranger:wrong"), main, open)).isEqualTo(accepted("open"));
    }

    @Test
    void onlyPostsOfJsonOrOfNoNamedTypeAreSent() {
        assertThat(ADAPTER.methods()).containsExactly("POST");
        assertThat(ADAPTER.sends("POST", "application/json")).isTrue();
        assertThat(ADAPTER.sends("POST", null)).isTrue();
        assertThat(ADAPTER.sends("POST", "application/x-www-form-urlencoded")).isFalse();
        assertThat(ADAPTER.sends("POST", "text/plain")).isFalse();
        assertThat(ADAPTER.sends("GET", "application/json")).isFalse();
    }

    @SafeVarargs
    private static Authentication authenticate(@Nullable String header, Account<BandwidthKeys>... accounts) {
        return ADAPTER.authenticate(request(header, BODY), List.of(accounts));
    }

    private static CallbackRequest request(@Nullable String authorization, byte[] body) {
        return new CallbackRequest(
                "POST",
                "https://status.example.com/webhooks/bandwidth",
                null,
                headers(authorization),
                body,
                Instant.parse("2026-11-25T12:00:00Z"));
    }

    private static CallbackRequest.Headers headers(@Nullable String authorization) {
        return name -> name.equalsIgnoreCase("Authorization") ? authorization : null;
    }

    private static String basic(String userAndPassword) {
        return "Basic " + base64(userAndPassword);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Accepted accepted(String name) {
        return new Accepted(name(name));
    }

    private static AccountName name(String name) {
        return new AccountName(new Provider("bandwidth"), name);
    }

    private static Account<BandwidthKeys> account(String name, boolean verify, String user, String password) {
        return account(name, verify, Map.of("callback-username", user, "callback-password", password));
    }

    private static Account<BandwidthKeys> account(String name, boolean verify, Map<String, String> settings) {
        try {
            return new Account<>(name(name), verify, ADAPTER.keys(new HashMap<>(settings)));
        } catch (InvalidAccount invalid) {
            throw new AssertionError(invalid);
        }
    }
}
