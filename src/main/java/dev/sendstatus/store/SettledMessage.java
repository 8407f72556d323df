package dev.sendstatus.store;

import dev.sendstatus.event.Progress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The little of a message that alerts are made of.
 *
 * @param id its number in the database
 * @param category of its error code; null if it has none, or the catalogue lacks it
 * @param sentAt when it was sent or registered; null if unknown
 */
public record SettledMessage(
        long id,
        boolean outbound,
        Progress progress,
        @Nullable String category,
        @Nullable String sender,
        @Nullable String campaign,
        List<String> linkDomains,
        List<String> carriers,
        Instant firstEventAt,
        @Nullable Instant sentAt,
        @Nullable Instant finalizedAt) {
    public SettledMessage {
        linkDomains = List.copyOf(linkDomains);
        carriers = List.copyOf(carriers);
    }
}
