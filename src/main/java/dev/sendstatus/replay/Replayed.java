package dev.sendstatus.replay;

import dev.sendstatus.event.AccountName;
import org.jspecify.annotations.Nullable;

/**
 * What one callback says today.
 *
 * @param sequence its number
 * @param account whose it is; null where nothing tells it
 * @param events how many events it is understood to hold
 * @param added how many of them were not known before
 * @param reason why it, or a part of it, is not understood; null if all is
 */
public record Replayed(
        long sequence,
        @Nullable AccountName account,
        int events,
        int added,
        @Nullable String reason) {

    /** Whether nothing of it is left that this version does not read. */
    public boolean understood() {
        return reason == null;
    }
}
