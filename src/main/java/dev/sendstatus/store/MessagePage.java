package dev.sendstatus.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the messages that match, the newest first.
 *
 * @param messages may be fewer than asked for, or none, although more follow: a page costs a bounded amount of work
 * @param next what to give as {@code before} for the next page; null if this is the last
 */
public record MessagePage(
        List<StoredMessage> messages, @Nullable Long next) {

    public MessagePage {
        messages = List.copyOf(messages);
    }
}
