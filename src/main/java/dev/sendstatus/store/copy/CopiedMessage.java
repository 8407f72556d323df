package dev.sendstatus.store.copy;

import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.RecordedEvent;

/**
 * A message on its way from one database to another.
 *
 * @param id of its row in the database that it comes from; grows in the order in which messages were first heard of
 * @param history at least one event
 */
public record CopiedMessage(long id, MessageHistory history) {

    /** The highest sequence of its events. */
    public long lastSequence() {
        long last = 0;
        for (RecordedEvent event : history.events()) {
            last = Math.max(last, event.sequence());
        }
        return last;
    }
}
