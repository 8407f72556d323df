package dev.sendstatus.provider.twilio;

import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.StatusTable;
import dev.sendstatus.provider.Words;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The meaning of each of Twilio's status words: {@code docs/providers/twilio.md}, Statuses. */
final class TwilioStatuses {
    /** Longer than any word of Twilio's; whatever is longer is not looked at letter by letter. */
    private static final int LONGEST_WORD = 64;

    private static final StatusTable TABLE = new StatusTable(TwilioStatuses.class, "statuses.csv");

    private TwilioStatuses() {}

    /** How far that word takes a message; null if it is not one of Twilio's. */
    static @Nullable Progress progress(String word) {
        Progress exact = TABLE.progress(word);
        return exact != null ? exact : TABLE.progress(plain(word));
    }

    static boolean inbound(String word) {
        return TABLE.isInbound(plain(word));
    }

    /** Whether two words are one but for letter case, spaces and hyphens. */
    static boolean same(String one, String other) {
        return one.equals(other) || plain(one).equals(plain(other));
    }

    /** Forms have lower case, Event Streams upper case, the console {@code Delivery Unknown}. */
    private static String plain(String word) {
        return word.length() > LONGEST_WORD
                ? word
                : word.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }

    /** Null if there is none, which Twilio also says as zero. Codes stay text: forms send text, Event Streams sends numbers. */
    static @Nullable String errorCode(@Nullable String code) {
        return "0".equals(code) ? null : code;
    }

    /** The fields of an event that are given, as {@code name=value}; empty for none. @param namesAndValues alternating */
    static String detail(@Nullable String... namesAndValues) {
        StringBuilder detail = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String value = namesAndValues[i + 1];
            if (value != null) {
                detail.append(detail.length() == 0 ? "" : " ")
                        .append(namesAndValues[i])
                        .append('=')
                        .append(Words.shown(value));
            }
        }
        return detail.toString();
    }
}
