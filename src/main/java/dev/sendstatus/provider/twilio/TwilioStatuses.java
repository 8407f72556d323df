package dev.sendstatus.provider.twilio;

import static java.util.Map.entry;

import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.Words;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The meaning of each of Twilio's status words: {@code docs/providers/twilio.md}, Statuses. */
final class TwilioStatuses {
    /** Longer than any word of Twilio's; whatever is longer is not looked at letter by letter. */
    private static final int LONGEST_WORD = 64;

    private static final Map<String, Progress> TABLE = Map.ofEntries(
            entry("accepted", Progress.ACCEPTED),
            entry("scheduled", Progress.ACCEPTED),
            entry("queued", Progress.ACCEPTED),
            entry("sending", Progress.ACCEPTED),
            // The next carrier has it. Often the last word about US and Canadian MMS, and still no proof of anything.
            entry("sent", Progress.SENT),
            // Deprecated and without a documented meaning: neither proof nor failure, and a later word may still
            // decide.
            entry("partially_delivered", Progress.SENT),
            // No receipt will come. Twilio bills it like sent, so it is no error; as plain SENT it would be polled for
            // ever.
            entry("delivery_unknown", Progress.UNCONFIRMED),
            entry("undelivered", Progress.FAILED),
            entry("failed", Progress.FAILED),
            // A scheduled message that was withdrawn: it does send a callback, and never has an error code.
            entry("canceled", Progress.FAILED),
            entry("delivered", Progress.DELIVERED),
            // Opened (RCS, WhatsApp); comes after delivered or in place of it.
            entry("read", Progress.DELIVERED),
            // Inbound: we have it.
            entry("receiving", Progress.DELIVERED),
            entry("received", Progress.DELIVERED));

    private static final Set<String> INBOUND = Set.of("receiving", "received");

    private TwilioStatuses() {}

    /** How far that word takes a message; null if it is not one of Twilio's. */
    static @Nullable Progress progress(String word) {
        Progress exact = TABLE.get(word);
        return exact != null ? exact : TABLE.get(plain(word));
    }

    static boolean inbound(String word) {
        return INBOUND.contains(word) || INBOUND.contains(plain(word));
    }

    /** Whether two words are one but for letter case, spaces and hyphens. */
    static boolean same(String one, String other) {
        return one.equals(other) || plain(one).equals(plain(other));
    }

    /** Forms have lower case, Event Streams upper case, the console {@code Delivery Unknown}. */
    private static String plain(String word) {
        if (word.length() > LONGEST_WORD) {
            return word;
        }
        StringBuilder plain = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                plain.append((char) (c + ('a' - 'A')));
            } else {
                plain.append(c == ' ' || c == '-' ? '_' : c);
            }
        }
        return plain.toString();
    }

    /** Null if there is none, which Twilio also says as zero. Codes stay text: forms send text, Event Streams sends numbers. */
    static @Nullable String errorCode(@Nullable String code) {
        return "0".equals(code) ? null : code;
    }

    /** What of an event's fields is given, as {@code name=value}; empty for nothing. @param namesAndValues alternating */
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
