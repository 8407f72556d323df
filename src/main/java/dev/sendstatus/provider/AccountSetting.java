package dev.sendstatus.provider;

/**
 * One key that an account of a provider takes in the configuration.
 *
 * @param key as written in the file: {@code auth-token}
 * @param secret never printed: a secret, or a value without a form of its own, which can hold its neighbour's secret by mistake
 * @param purpose one line that says what it is and where in the provider's console it is found
 */
public record AccountSetting(String key, boolean secret, String purpose) {}
