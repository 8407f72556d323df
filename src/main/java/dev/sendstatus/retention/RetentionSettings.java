package dev.sendstatus.retention;

import java.time.Duration;

/**
 * How long rows are kept.
 *
 * @param raw raw callbacks, and the message texts in them
 * @param messages messages and their events, from when they were last heard of
 */
public record RetentionSettings(Duration raw, Duration messages) {

    /**
     * A raw callback does not outlive {@link #messages} whatever {@link #raw} says: a replay would bring messages back that were
     * removed.
     */
    Duration rawAtMost() {
        return raw.compareTo(messages) < 0 ? raw : messages;
    }
}
