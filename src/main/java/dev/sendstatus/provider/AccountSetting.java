package dev.sendstatus.provider;

/**
 * One key that an account of a provider takes in the configuration.
 *
 * @param key as written in the file: {@code auth-token}
 * @param secret never printed
 * @param purpose one line that says what it is and where in the provider's console it is found
 */
public record AccountSetting(String key, boolean secret, String purpose) {}
