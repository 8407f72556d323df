package dev.sendstatus.provider;

import java.util.Locale;

/**
 * One setting at a provider that is not as it should be. No secret in it.
 *
 * @param field the provider's own name of the setting
 * @param found as it may be printed; empty if nothing is set
 * @param wanted as it may be printed
 */
public record WebhookDifference(Reason reason, String field, String found, String wanted) {

    /** Why it differs; programs read the lower-case name. */
    public enum Reason {
        NOTHING_SET("nothing is set, so no status ever comes", true),
        OTHER_URL("another URL", true),
        BLANKS("blanks or line ends around the URL, which belong to it, so every callback gets 404", true),
        NOT_HTTPS("HTTP instead of HTTPS", true),
        RETRIES_MISSING("the retry fragment is missing or another, so a failed callback is not sent again", true),
        API_VERSION_1("API version 1", true),
        OTHER_API_VERSION("an API version that is not read here", true),
        KEY_MISSING_HERE("API version 2, and no public-key is configured here to verify it", false),
        CREDENTIALS_NOT_SET("credentials are not set, so every callback is refused", true),
        OTHER_CREDENTIALS("another user name", true),
        CALLBACK_TYPE_OFF("a callback type is off", true);

        private final String text;
        private final boolean mendable;

        Reason(String text, boolean mendable) {
            this.text = text;
            this.mendable = mendable;
        }

        /** For a person. */
        public String text() {
            return text;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the provider's API can mend it; else something is to be done here. */
        public boolean mendable() {
            return mendable;
        }
    }
}
