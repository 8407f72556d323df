package dev.sendstatus.config;

/**
 * One thing in the configuration that stops the start.
 *
 * @param where the file with its line, {@code config/sendstatus.yaml:12}, or the variable
 * @param key as in the file: {@code stuck.threshold}, {@code accounts[twilio/main].auth-token}; empty for the whole file
 * @param remedy the fault and how to mend it; never a secret
 */
public record Mistake(String where, String key, String remedy) {
    @Override
    public String toString() {
        return key.isEmpty() ? where + ": " + remedy : where + ": " + key + ": " + remedy;
    }
}
