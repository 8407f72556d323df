package dev.sendstatus.provider.telnyx;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.SettingsCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The settings of one account and how they become keys. Used once, at the start, by one thread. */
final class TelnyxSettings {
    static final String PUBLIC_KEY = "public-key";
    static final String PUBLIC_KEY_SECONDARY = "public-key-secondary";
    static final String API_KEY = "api-key";
    static final String V1_SECRET = "v1-secret";
    static final String V1_SECRET_SECONDARY = "v1-secret-secondary";
    static final String SIMULATION_KEY = "simulation-key";

    static final List<AccountSetting> ALL = List.of(
            new AccountSetting(
                    PUBLIC_KEY,
                    false,
                    "verifies v2 callbacks; portal.telnyx.com, Keys & Credentials, Public Key: 44 characters of"
                            + " Base64"),
            new AccountSetting(
                    PUBLIC_KEY_SECONDARY,
                    false,
                    "a second public key, accepted as well while the first is being replaced"),
            AccountSetting.ofApi(
                    API_KEY, "looks stuck messages up; portal.telnyx.com, Keys & Credentials, API Keys: KEY…"),
            new AccountSetting(
                    V1_SECRET,
                    true,
                    "verifies v1 callbacks; portal.telnyx.com, Messaging, the messaging profile: its secret"
                            + " (v1_secret)"),
            new AccountSetting(
                    V1_SECRET_SECONDARY,
                    true,
                    "a second profile secret: of another profile, or while the first is replaced"),
            new AccountSetting(
                    SIMULATION_KEY,
                    true,
                    "signs simulated callbacks: Base64 of an Ed25519 seed of 32 bytes; in no console, never in"
                            + " production"));

    private final SettingsCheck check;

    private TelnyxSettings(Map<String, String> values) {
        this.check = new SettingsCheck(values);
    }

    static TelnyxKeys keys(Map<String, String> values) throws InvalidAccount {
        return new TelnyxSettings(values).read();
    }

    private TelnyxKeys read() throws InvalidAccount {
        List<TelnyxPublicKey> publicKeys = new ArrayList<>(2);
        addPublicKey(PUBLIC_KEY, publicKeys);
        addPublicKey(PUBLIC_KEY_SECONDARY, publicKeys);
        List<SecretKey> secrets = new ArrayList<>(2);
        addSecret(V1_SECRET, secrets);
        addSecret(V1_SECRET_SECONDARY, secrets);
        String apiKey = check.word(API_KEY);
        primary(PUBLIC_KEY, PUBLIC_KEY_SECONDARY);
        primary(V1_SECRET, V1_SECRET_SECONDARY);
        if (!check.isSet(PUBLIC_KEY) && !check.isSet(V1_SECRET)) {
            check.mistake(
                    PUBLIC_KEY,
                    "nothing verifies this account's callbacks: set public-key (portal, Keys & Credentials, Public"
                            + " Key), or v1-secret if its messaging profile still sends v1");
        }
        simulationKey(publicKeys);
        check.end();
        return new TelnyxKeys(publicKeys, secrets, apiKey);
    }

    private void addPublicKey(String key, List<TelnyxPublicKey> found) {
        String text = check.word(key);
        if (text == null) {
            return;
        }
        byte[] raw = Base64Text.decoded(text, TelnyxPublicKey.LENGTH);
        if (raw == null) {
            check.mistake(
                    key,
                    "is not Base64 of 32 bytes (44 characters ending in =): copy it from the portal, Keys &"
                            + " Credentials, Public Key, without a PEM header");
        } else if (!TelnyxPublicKey.isPoint(raw)) {
            check.mistake(key, "has the right length but is no Ed25519 public key: copy it from the portal again");
        } else {
            found.add(new TelnyxPublicKey(raw));
        }
    }

    private void addSecret(String key, List<SecretKey> found) {
        String text = check.word(key);
        if (text != null) {
            found.add(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        }
    }

    private void primary(String primary, String secondary) {
        if (check.isSet(secondary) && !check.isSet(primary)) {
            check.mistake(secondary, "is set without " + primary + ": name it " + primary);
        }
    }

    private void simulationKey(List<TelnyxPublicKey> publicKeys) {
        String text = check.word(SIMULATION_KEY);
        if (text == null) {
            return;
        }
        SimulationKey key = SimulationKey.of(text);
        if (key == null) {
            check.mistake(SIMULATION_KEY, "is not Base64 of 32 bytes (44 characters ending in =)");
            return;
        }
        byte[] itsPublicKey = key.publicKey();
        if (!publicKeys.isEmpty() && publicKeys.stream().noneMatch(known -> known.is(itsPublicKey))) {
            check.mistake(
                    SIMULATION_KEY,
                    "belongs to neither public-key nor public-key-secondary, so what it signs would be refused: set"
                            + " one of them to its public key, or remove it");
        }
    }
}
