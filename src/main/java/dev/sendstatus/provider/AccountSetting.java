package dev.sendstatus.provider;

import java.util.Locale;

/**
 * One key that an account of a provider takes in the configuration.
 *
 * @param key as written in the file: {@code auth-token}
 * @param secret never printed: a secret, or a value without a form of its own, which can hold its neighbour's secret by mistake
 * @param forApi whether it only opens the provider's API and verifies no callback: alone such keys make no account, and are no
 *     mistake either
 * @param purpose one line that explains it, with its place in the provider's console
 */
public record AccountSetting(String key, boolean secret, boolean forApi, String purpose) {
    /** The variable that holds a key's value where no file names the provider's accounts: {@code TWILIO_AUTH_TOKEN}. */
    public static String variable(String provider, String key) {
        return (provider + "_" + key.replace('-', '_')).toUpperCase(Locale.ROOT);
    }

    /** A setting that verifies callbacks, or is needed for it, and may be printed. */
    public static AccountSetting open(String key, String purpose) {
        return new AccountSetting(key, false, false, purpose);
    }

    /** A setting that verifies callbacks, and is a secret. */
    public static AccountSetting secret(String key, String purpose) {
        return new AccountSetting(key, true, false, purpose);
    }

    /** A setting that opens the provider's API, and is a secret. */
    public static AccountSetting ofApi(String key, String purpose) {
        return new AccountSetting(key, true, true, purpose);
    }
}
