package dev.sendstatus.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.HmacKey;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.InvalidAccount.Mistake;
import dev.sendstatus.provider.rest.ApiCredentials;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TwilioSettingsTest {
    private static final String SID = "AC00000000000000000000000000000001";
    private static final Map<String, String> RIGHT = Map.of(
            "account-sid", SID,
            "auth-token", "token-one",
            "auth-token-secondary", "token-two",
            "api-key", "SK1",
            "api-key-secret", "key-secret");
    private final TwilioAdapter adapter = new TwilioAdapter();

    private static Map<String, String> rightBut(String key, String value) {
        Map<String, String> values = new HashMap<>(RIGHT);
        values.put(key, value);
        return values;
    }

    private static Map<String, String> rightWithout(String key) {
        Map<String, String> values = new HashMap<>(RIGHT);
        values.remove(key);
        return values;
    }

    private List<String> keysOfMistakes(Map<String, String> values) {
        InvalidAccount invalid = catchThrowableOfType(InvalidAccount.class, () -> adapter.keys(values));
        return invalid.mistakes().stream().map(Mistake::key).toList();
    }

    @Test
    void keysAreTakenAsGiven() throws InvalidAccount {
        TwilioKeys keys = adapter.keys(RIGHT);
        assertThat(keys.accountSid()).isEqualTo(SID);
        byte[] text = "text".getBytes(StandardCharsets.UTF_8);
        assertThat(keys.authTokens())
                .extracting(token -> token.sign(text))
                .containsExactly(
                        new HmacKey("HmacSHA1", "token-one").sign(text),
                        new HmacKey("HmacSHA1", "token-two").sign(text));
        assertThat(keys.api()).isEqualTo(ApiCredentials.basic("SK1", "key-secret"));
    }

    @Test
    void sidAndTokenAreEnough() throws InvalidAccount {
        TwilioKeys keys = adapter.keys(Map.of("account-sid", SID, "auth-token", "12345"));
        assertThat(keys.authTokens()).hasSize(1);
        assertThat(keys.api()).isEqualTo(ApiCredentials.basic(SID, "12345"));
        assertThat(keys.apiKey()).isFalse();
    }

    @Test
    void everyMistakeIsGathered() {
        assertThat(keysOfMistakes(Map.of())).containsExactly("account-sid", "auth-token");
        assertThat(keysOfMistakes(
                        Map.of("account-sid", " ", "auth-token", "a b", "auth-token-secondary", "", "api-key", "SK1")))
                .containsExactly("account-sid", "auth-token", "auth-token-secondary", "api-key-secret");
    }

    @ParameterizedTest
    @CsvSource({
        "account-sid, AC1",
        "account-sid, ac00000000000000000000000000000001",
        "account-sid, AC0000000000000000000000000000000g",
        "account-sid, AC000000000000000000000000000000012",
        "account-sid, 0123456789abcdef0123456789abcdef",
        "account-sid, SK00000000000000000000000000000001",
        "auth-token, AC00000000000000000000000000000001",
        "auth-token-secondary, AC00000000000000000000000000000001",
        "api-key, 0123456789abcdef0123456789abcdef",
        "api-key, AC00000000000000000000000000000001",
    })
    void aValueThatCannotBeWhatItsKeySaysIsAMistakeAndIsNotQuoted(String key, String value) {
        InvalidAccount invalid = catchThrowableOfType(InvalidAccount.class, () -> adapter.keys(rightBut(key, value)));
        assertThat(invalid.mistakes()).singleElement().satisfies(mistake -> {
            assertThat(mistake.key()).isEqualTo(key);
            assertThat(mistake.remedy()).contains("copy").doesNotContain(value);
        });
    }

    @Test
    void halfAnApiKeyIsAMistake() {
        assertThat(keysOfMistakes(rightWithout("api-key"))).containsExactly("api-key");
        assertThat(keysOfMistakes(rightWithout("api-key-secret"))).containsExactly("api-key-secret");
        assertThat(keysOfMistakes(rightBut("api-key-secret", ""))).containsExactly("api-key-secret");
    }

    @Test
    void tokenWithALineBreakIsAMistake() {
        assertThat(keysOfMistakes(rightBut("auth-token", "token-one\n"))).containsExactly("auth-token");
        assertThat(keysOfMistakes(rightBut("auth-token-secondary", " token-two")))
                .containsExactly("auth-token-secondary");
    }

    @Test
    void nothingPrintedHoldsASecret() throws InvalidAccount {
        TwilioKeys keys = adapter.keys(RIGHT);
        assertThat(keys.toString()).contains(SID).doesNotContain("token-one", "token-two", "key-secret");
        InvalidAccount invalid =
                catchThrowableOfType(InvalidAccount.class, () -> adapter.keys(rightBut("auth-token", "token one")));
        assertThat(invalid.toString()).doesNotContain("token one", "token-two", "key-secret");
    }

    @Test
    void everySettingIsDescribedAndEverySecretIsMarked() {
        assertThat(adapter.settings())
                .extracting(AccountSetting::key)
                .containsExactlyInAnyOrderElementsOf(RIGHT.keySet());
        assertThat(adapter.settings().stream().filter(AccountSetting::secret).map(AccountSetting::key))
                .containsExactly("auth-token", "auth-token-secondary", "api-key", "api-key-secret");
        assertThat(adapter.settings()).allMatch(setting -> setting.purpose().contains("Console"));
    }

    @Test
    void callbacksComeAsFormsAndJsonByPostAndAsAnythingByGet() {
        assertThat(adapter.methods()).containsExactly("POST", "GET");
        assertThat(adapter.sends("POST", "application/x-www-form-urlencoded")).isTrue();
        assertThat(adapter.sends("POST", "application/json")).isTrue();
        assertThat(adapter.sends("POST", "application/cloudevents+json")).isTrue();
        assertThat(adapter.sends("POST", "application/cloudevents-batch+json")).isTrue();
        assertThat(adapter.sends("POST", null)).isTrue();
        assertThat(adapter.sends("GET", "text/plain")).isTrue();
        assertThat(adapter.sends("GET", null)).isTrue();
        assertThat(adapter.sends("POST", "multipart/form-data")).isFalse();
        assertThat(adapter.sends("POST", "text/xml")).isFalse();
        assertThat(adapter.sends("PUT", "application/json")).isFalse();
    }

    @Test
    void refusalIsNeverAnAuthenticationChallenge() {
        assertThat(adapter.challenge()).isNull();
    }

    @Test
    void urlCarriesTheRetriesThatTwilioDoesNotMakeByItself() {
        assertThat(adapter.setup().urlSuffix()).isEqualTo("#rc=5&rp=5xx,ct,rt&ct=2000&rt=2500");
        assertThat(adapter.setup().steps())
                .anyMatch(step -> step.contains("Console"))
                .anyMatch(step -> step.contains("POST https://messaging.twilio.com/v1/Services/"))
                .anyMatch(step -> step.contains("StatusCallback={URL}"));
    }
}
