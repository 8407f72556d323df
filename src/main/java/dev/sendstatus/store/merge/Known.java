package dev.sendstatus.store.merge;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message with its state.
 *
 * @param id of its row
 * @param state null for one without an event
 */
public record Known(
        long id, MessageHistory history, @Nullable MessageState state) {

    /** One of which nothing is known yet. */
    public static Known none(long id, MessageKey key) {
        return new Known(id, MessageHistory.none(key), null);
    }

    /** One as it is stored. */
    public static Known stored(long id, MessageHistory history) {
        return new Known(id, history, MessageState.of(history));
    }

    /** The state, of one that has an event. */
    public MessageState written() {
        return Objects.requireNonNull(state, "a message that is written has an event");
    }

    /** With those events of these that it does not have; itself if it has them all. */
    public Known with(List<RecordedEvent> events) {
        Known known = this;
        for (RecordedEvent event : events) {
            if (!known.history.says(event)) {
                known = known.with(event);
            }
        }
        return known;
    }

    private Known with(RecordedEvent event) {
        MessageHistory longer = history.with(event);
        MessageState after = MessageState.of(longer);
        if (state == null || !state.sameOutcome(after)) {
            return new Known(id, longer, after);
        }
        return new Known(
                id,
                history.with(new RecordedEvent(
                        event.sequence(), event.receivedAt(), false, event.source(), event.account(), event.event())),
                after);
    }
}
