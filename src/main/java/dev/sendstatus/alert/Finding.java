package dev.sendstatus.alert;

import dev.sendstatus.store.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault that a rule sees now.
 *
 * @param key its subject; with the rule it names the alert
 * @param sure whether people are to be told
 * @param since from when on
 * @param value a share or a count; null where there is no number
 * @param messages of how many it is a share
 * @param parts its greatest parts, the greatest first
 * @param text a sentence, without the time
 */
record Finding(
        String key,
        Severity severity,
        boolean sure,
        Instant since,
        @Nullable Double value,
        @Nullable Double usual,
        @Nullable Long messages,
        List<String> parts,
        String text,
        String advice) {

    Finding {
        parts = List.copyOf(parts);
    }

    /** A finding whose value is no share of messages, and that has no parts. */
    static Finding of(
            String key,
            Severity severity,
            boolean sure,
            Instant since,
            @Nullable Double value,
            @Nullable Double usual,
            String text,
            String advice) {
        return new Finding(key, severity, sure, since, value, usual, null, List.of(), text, advice);
    }
}
