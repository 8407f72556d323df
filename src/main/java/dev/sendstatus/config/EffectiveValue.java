package dev.sendstatus.config;

/**
 * One value as it is in force.
 *
 * @param key as in the file
 * @param shown the value; of a secret only whether it is set
 * @param origin the file with its line, the variable, or {@code default}
 */
public record EffectiveValue(String key, String shown, String origin) {
    static final String HIDDEN = "****";
    static final String MISTAKE = "(mistake)";
    static final String NOT_SET = "(not set)";

    static EffectiveValue of(String key, Setting setting, boolean secret) {
        String shown = !setting.isSet() ? NOT_SET : secret ? HIDDEN : setting.text();
        return new EffectiveValue(key, shown, setting.origin());
    }

    /** A value with a mistake in it is not shown, since a text in the wrong place may be a secret. */
    static EffectiveValue mistaken(String key, Setting setting) {
        return new EffectiveValue(key, MISTAKE, setting.origin());
    }
}
