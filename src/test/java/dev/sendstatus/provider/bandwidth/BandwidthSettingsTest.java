package dev.sendstatus.provider.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.InvalidAccount.Mistake;
import dev.sendstatus.provider.rest.ApiCredentials;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BandwidthSettingsTest {
    private static final BandwidthAdapter ADAPTER = new BandwidthAdapter();
    private static final Map<String, String> ENOUGH =
            Map.of("callback-username", "some-user", "callback-password", "some-secret");

    @Test
    void aUserNameAndAPasswordAreEnough() throws InvalidAccount {
        BandwidthKeys keys = ADAPTER.keys(ENOUGH);
        assertThat(keys.accountId()).isNull();
        assertThat(keys.callbacks()).hasSize(1);
        assertThat(keys.client()).isNull();
    }

    @Test
    void everyKeyIsTaken() throws InvalidAccount {
        Map<String, String> all = new HashMap<>();
        ADAPTER.settings().forEach(setting -> all.put(setting.key(), "1234567"));
        BandwidthKeys keys = ADAPTER.keys(all);
        assertThat(keys.accountId()).isEqualTo("1234567");
        assertThat(keys.callbacks()).hasSize(2);
        assertThat(keys.client()).isEqualTo(ApiCredentials.basic("1234567", "1234567"));
    }

    @Test
    void whatIsSecretOrMayBeTakenForItsSecretIsMarked() {
        assertThat(ADAPTER.settings().stream()
                        .filter(setting -> !setting.secret())
                        .map(AccountSetting::key))
                .containsExactly("account-id");
    }

    @Test
    void nothingSecretIsPrinted() throws InvalidAccount {
        Map<String, String> all = new HashMap<>(ENOUGH);
        all.put("account-id", "9900000");
        all.put("client-id", "some-client");
        all.put("client-secret", "api-secret");
        BandwidthKeys keys = ADAPTER.keys(all);
        assertThat(keys.toString()).contains("9900000").doesNotContain("some-user", "some-secret", "api-secret");
    }

    @Test
    void anAccountWithoutCredentialsIsTwoMistakes() {
        assertThat(mistakenKeys(Map.of())).containsExactly("callback-username", "callback-password");
    }

    @Test
    void halfAPairIsAMistakeAtTheMissingHalf() {
        assertThat(mistakenKeys(Map.of("callback-username", "some-user"))).containsExactly("callback-password");
        assertThat(mistakenKeys(Map.of("callback-password", "some-secret"))).containsExactly("callback-username");
        assertThat(mistakenKeys(with("callback-username-secondary", "second-user")))
                .containsExactly("callback-password-secondary");
        assertThat(mistakenKeys(with("callback-password-secondary", "second-secret")))
                .containsExactly("callback-username-secondary");
        assertThat(mistakenKeys(with("client-secret", "api-secret"))).containsExactly("client-id");
    }

    @Test
    void apiCredentialsNeedTheAccountsNumber() {
        Map<String, String> settings = with("client-id", "some-client");
        settings.put("client-secret", "api-secret");
        assertThat(mistakenKeys(settings)).containsExactly("account-id");
    }

    @Test
    void anEmptyValueIsNotSet() {
        assertThat(mistakenKeys(Map.of("callback-username", "", "callback-password", "some-secret")))
                .containsExactly("callback-username");
    }

    @Test
    void everyMistakeIsToldAtOnceAndNoSecretWithIt() {
        Map<String, String> settings = new HashMap<>();
        settings.put("account-id", "main account");
        settings.put("callback-username", "some:user");
        settings.put("callback-password", "some-secret\n");
        settings.put("callback-password-secondary", "second-secret");
        settings.put("client-id", "some-client");
        assertThat(mistakenKeys(settings))
                .containsExactlyInAnyOrder(
                        "account-id",
                        "callback-username",
                        "callback-password",
                        "callback-username-secondary",
                        "client-secret");
        InvalidAccount invalid = catchThrowableOfType(InvalidAccount.class, () -> ADAPTER.keys(settings));
        assertThat(invalid.getMessage() + invalid.mistakes())
                .doesNotContain("some-secret", "second-secret", "some:user");
    }

    @Test
    void theSetUpTellsTheConsoleAndTheApi() {
        List<String> steps = ADAPTER.setup().steps();
        assertThat(ADAPTER.setup().urlSuffix()).isEmpty();
        assertThat(steps).anyMatch(step -> step.contains("STATUS CALLBACK"));
        assertThat(steps).anyMatch(step -> step.contains("<OutboundCallbackUrl>") && step.contains("PATCH"));
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> settings = new HashMap<>(ENOUGH);
        settings.put(key, value);
        return settings;
    }

    private static List<String> mistakenKeys(Map<String, String> settings) {
        InvalidAccount invalid = catchThrowableOfType(InvalidAccount.class, () -> ADAPTER.keys(settings));
        return invalid.mistakes().stream().map(Mistake::key).toList();
    }
}
