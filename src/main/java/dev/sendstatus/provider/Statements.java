package dev.sendstatus.provider;

import dev.sendstatus.event.DeliveryEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events that were read of a body, and the doubts about the rest of it: why parts were not understood. Of the doubts it keeps the
 * first twenty, and how many more there are; a body of a million commas is no million lines. One thread.
 */
public final class Statements {
    private static final int MOST_DOUBTS = 20;

    private final List<DeliveryEvent> events = new ArrayList<>(1);
    private final List<String> doubts = new ArrayList<>(0);
    private final List<String> unread = new ArrayList<>(0);
    private int more;

    public void add(DeliveryEvent event) {
        events.add(event);
    }

    /** @param reason never holds a message text */
    public void doubt(String reason) {
        if (doubts.size() < MOST_DOUBTS) {
            doubts.add(reason);
        } else {
            more++;
        }
    }

    /** @param message the id of the message that the part names; null if it names none */
    public void doubt(String reason, @Nullable String message) {
        doubt(reason);
        unread(message);
    }

    /** Names a message of which something was not understood, if anything was. @param message null for none */
    public void unread(@Nullable String message) {
        if (message != null) {
            unread.add(message);
        }
    }

    /** In the order in which they were added. */
    public List<DeliveryEvent> events() {
        return events;
    }

    /** The reasons, a line each. */
    public List<String> doubts() {
        if (more == 0) {
            return doubts;
        }
        List<String> all = new ArrayList<>(doubts);
        all.add("and " + more + " more");
        return all;
    }

    /** All of it; there is an event or a doubt. */
    public Parsed parsed() {
        return events.isEmpty()
                ? new Parsed.NotUnderstood(String.join("; ", doubts()), unread)
                : new Parsed.Events(events, doubts(), doubts.isEmpty() ? List.of() : unread);
    }
}
