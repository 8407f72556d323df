package dev.sendstatus.provider.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.InvalidAccount.Mistake;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What makes an account, and what is said of one that is none. */
class TelnyxSettingsTest {
    private static final String KEY = SignedRequest.portalForm(SignedRequest.newKeys());
    private static final String OTHER_KEY = SignedRequest.portalForm(SignedRequest.newKeys());

    private final TelnyxAdapter adapter = new TelnyxAdapter();

    @Test
    void publicKeyAloneMakesAnAccount() throws InvalidAccount {
        TelnyxKeys keys = adapter.keys(Map.of("public-key", KEY));
        assertThat(keys.publicKeys()).hasSize(1);
        assertThat(keys.profileSecrets()).isEmpty();
        assertThat(keys.api()).isNull();
    }

    @Test
    void profileSecretAloneMakesAnAccount() throws InvalidAccount {
        assertThat(adapter.keys(Map.of("v1-secret", "s3cret")).profileSecrets()).hasSize(1);
    }

    @Test
    void blanksAroundAValueBelongToIt() {
        assertThat(mistaken(Map.of("public-key", KEY + "\n", "api-key", " KEY1 ")))
                .containsExactly("public-key", "api-key");
    }

    @Test
    void nothingThatVerifiesIsAMistake() {
        assertThat(mistaken(Map.of())).containsExactly("public-key");
        assertThat(mistaken(Map.of("api-key", "KEY1"))).containsExactly("public-key");
    }

    @Test
    void secondaryCountsOnlyBesideItsPrimary() {
        assertThat(mistaken(Map.of("public-key-secondary", KEY, "v1-secret-secondary", "x")))
                .containsExactly("public-key-secondary", "v1-secret-secondary", "public-key");
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        assertThat(mistaken(Map.of(
                        "public-key", "302a300506032b6570032100aa",
                        "public-key-secondary", "AAAA",
                        "api-key", "",
                        "v1-secret", "two words",
                        "simulation-key", "%%%")))
                .containsExactlyInAnyOrder(
                        "public-key", "public-key-secondary", "api-key", "v1-secret", "simulation-key");
    }

    @Test
    void keyThatIsNoPointOfTheCurveIsAMistake() {
        assertThat(mistaken(Map.of("public-key", "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")))
                .containsExactly("public-key");
    }

    @Test
    void simulationKeyBelongsToAPublicKey() throws InvalidAccount {
        Map<String, String> demo = adapter.simulator().demoSettings(new Random(1));
        assertThat(adapter.keys(demo).publicKeys()).hasSize(1);
        assertThat(mistaken(Map.of("public-key", KEY, "simulation-key", value(demo, "simulation-key"))))
                .containsExactly("simulation-key");
        assertThat(adapter.keys(Map.of(
                                "public-key", KEY,
                                "public-key-secondary", value(demo, "public-key"),
                                "simulation-key", value(demo, "simulation-key")))
                        .publicKeys())
                .hasSize(2);
    }

    @Test
    void noSecretIsPrinted() throws InvalidAccount {
        TelnyxKeys keys = adapter.keys(Map.of("public-key", KEY, "api-key", "KEY1234", "v1-secret", "s3cret"));
        assertThat(keys.toString()).doesNotContain("KEY1234", "s3cret", KEY);
        InvalidAccount invalid =
                invalid(Map.of("public-key", "mistyped", "v1-secret", "s3c ret", "simulation-key", "seed"));
        assertThat(invalid.getMessage()).doesNotContain("mistyped", "s3c", "seed");
    }

    @Test
    void settingsSayWhichAreSecret() {
        assertThat(adapter.settings())
                .filteredOn(AccountSetting::secret)
                .extracting(AccountSetting::key)
                .containsExactlyInAnyOrder("api-key", "v1-secret", "v1-secret-secondary", "simulation-key");
        assertThat(adapter.settings()).extracting(AccountSetting::purpose).allMatch(line -> !line.isBlank());
    }

    @Test
    void onlyJsonIsEverSent() {
        assertThat(adapter.methods()).containsExactly("POST");
        assertThat(adapter.challenge()).isNull();
        assertThat(adapter.sends("POST", "application/json")).isTrue();
        assertThat(adapter.sends("POST", null)).isTrue();
        assertThat(adapter.sends("POST", "application/x-www-form-urlencoded")).isFalse();
        assertThat(adapter.sends("GET", null)).isFalse();
    }

    @Test
    void setupNamesConsoleAndCall() {
        assertThat(adapter.setup().steps()).anyMatch(step -> step.contains("portal.telnyx.com"));
        assertThat(adapter.setup().steps()).anyMatch(step -> step.contains("PATCH https://api.telnyx.com"));
        assertThat(adapter.setup().urlSuffix()).isEmpty();
    }

    private List<String> mistaken(Map<String, String> settings) {
        return invalid(settings).mistakes().stream().map(Mistake::key).toList();
    }

    private InvalidAccount invalid(Map<String, String> settings) {
        return catchThrowableOfType(InvalidAccount.class, () -> adapter.keys(settings));
    }

    private static String value(Map<String, String> settings, String key) {
        return java.util.Objects.requireNonNull(settings.get(key), key);
    }
}
