package dev.sendstatus.provider.telnyx;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.Ed25519Key;
import dev.sendstatus.provider.HmacKey;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.SettingsCheck;
import dev.sendstatus.provider.rest.ApiCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decoded keys of one Telnyx account, and the settings that they are made of.
 *
 * @param publicKeys for v2 callbacks, the primary one first; empty if the account takes none of these
 * @param profileSecrets for v1 callbacks, the primary one first; empty if the account takes none of these
 * @param api for looking messages up; null if it cannot
 */
public record TelnyxKeys(
        List<Ed25519Key> publicKeys,
        List<HmacKey> profileSecrets,
        @Nullable ApiCredentials api) {
    static final String PUBLIC_KEY = "public-key";
    private static final String PUBLIC_KEY_SECONDARY = "public-key-secondary";
    private static final String API_KEY = "api-key";
    private static final String V1_SECRET = "v1-secret";
    private static final String V1_SECRET_SECONDARY = "v1-secret-secondary";
    static final String SIMULATION_KEY = "simulation-key";

    static final List<AccountSetting> SETTINGS = List.of(
            AccountSetting.open(
                    PUBLIC_KEY,
                    "verifies v2 callbacks; portal.telnyx.com, Keys & Credentials, Public Key: 44 characters of Base64"),
            AccountSetting.open(
                    PUBLIC_KEY_SECONDARY, "a second public key, accepted as well while the first is being replaced"),
            AccountSetting.ofApi(
                    API_KEY, "looks stuck messages up; portal.telnyx.com, Keys & Credentials, API Keys: KEY…"),
            AccountSetting.secret(
                    V1_SECRET,
                    "verifies v1 callbacks; portal.telnyx.com, Messaging, the messaging profile: its secret (v1_secret)"),
            AccountSetting.secret(
                    V1_SECRET_SECONDARY, "a second profile secret: of another profile, or while the first is replaced"),
            AccountSetting.secret(
                    SIMULATION_KEY,
                    "signs simulated callbacks: Base64 of an Ed25519 seed of 32 bytes; in no console, never in production"));

    public TelnyxKeys {
        publicKeys = List.copyOf(publicKeys);
        profileSecrets = List.copyOf(profileSecrets);
    }

    static TelnyxKeys of(Map<String, String> values) throws InvalidAccount {
        SettingsCheck check = new SettingsCheck(values);
        List<Ed25519Key> publicKeys = new ArrayList<>(2);
        check.words(PUBLIC_KEY).forEach((key, text) -> addPublicKey(check, key, text, publicKeys));
        List<HmacKey> secrets = check.words(V1_SECRET).values().stream()
                .map(secret -> new HmacKey("HmacSHA256", secret))
                .toList();
        String apiKey = check.word(API_KEY);
        if (!check.isSet(PUBLIC_KEY) && !check.isSet(V1_SECRET)) {
            check.mistake(
                    PUBLIC_KEY,
                    "nothing verifies this account's callbacks: set public-key (portal, Keys & Credentials, Public"
                            + " Key), or v1-secret if its messaging profile still sends v1");
        }
        checkSimulationKey(check, publicKeys);
        check.end();
        return new TelnyxKeys(publicKeys, secrets, apiKey == null ? null : ApiCredentials.bearer(apiKey));
    }

    private static void addPublicKey(SettingsCheck check, String key, String text, List<Ed25519Key> found) {
        byte[] raw = TelnyxAuthentication.decoded(text, Ed25519Key.LENGTH);
        if (raw == null) {
            check.mistake(
                    key,
                    "is not Base64 of 32 bytes (44 characters ending in =): copy it from the portal, Keys &"
                            + " Credentials, Public Key, without a PEM header");
        } else if (!Ed25519Key.isPoint(raw)) {
            check.mistake(key, "has the right length but is no Ed25519 public key: copy it from the portal again");
        } else {
            found.add(new Ed25519Key(raw));
        }
    }

    private static void checkSimulationKey(SettingsCheck check, List<Ed25519Key> publicKeys) {
        String text = check.word(SIMULATION_KEY);
        byte[] seed = text == null ? null : TelnyxSimulator.seed(text);
        if (text != null && seed == null) {
            check.mistake(SIMULATION_KEY, "is not Base64 of 32 bytes (44 characters ending in =)");
        } else if (seed != null
                && !publicKeys.isEmpty()
                && publicKeys.stream().noneMatch(known -> known.is(TelnyxSimulator.publicKey(seed)))) {
            check.mistake(
                    SIMULATION_KEY,
                    "belongs to neither public-key nor public-key-secondary, so what it signs would be refused: set"
                            + " one of them to its public key, or remove it");
        }
    }
}
