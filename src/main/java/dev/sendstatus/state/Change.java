package dev.sendstatus.state;

import dev.sendstatus.event.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One change of what a message shows, as of that change.
 *
 * @param event the event that made it
 * @param before the message without that event; null if it was the first
 * @param after the message with it, and without all that came later
 */
public record Change(RecordedEvent event, @Nullable MessageState before, MessageState after) {

    /** The change that the event of that sequence made, which is one of the history's. */
    public static Change of(MessageHistory history, long sequence) {
        List<RecordedEvent> until = history.events().stream()
                .filter(event -> event.sequence() <= sequence)
                .toList();
        RecordedEvent made = until.get(until.size() - 1);
        if (made.sequence() != sequence) {
            throw new IllegalArgumentException("the history has no event " + sequence);
        }
        List<RecordedEvent> earlier = until.subList(0, until.size() - 1);
        return new Change(
                made,
                earlier.isEmpty() ? null : MessageState.of(new MessageHistory(history.message(), earlier)),
                MessageState.of(new MessageHistory(history.message(), until)));
    }

    /** Its place in the feed. */
    public long sequence() {
        return event.sequence();
    }

    /** The recipient that the event speaks of, with it. */
    public RecipientState recipient() {
        List<RecipientState> recipients = after.recipients();
        RecipientState named = named(recipients, event.event().recipient());
        if (named != null) {
            return named;
        }
        // The event uses another name of the only recipient, or none; or it changed somebody else by naming nobody, or
        // several.
        for (RecipientState recipient : recipients) {
            RecipientState earlier = before == null ? null : named(before.recipients(), recipient.to());
            if (earlier == null || !earlier.sameOutcome(recipient)) {
                return recipient;
            }
        }
        return recipients.get(0);
    }

    /** The same recipient without the event; null if it was not known. */
    public @Nullable RecipientState previous() {
        if (before == null) {
            return null;
        }
        RecipientState earlier = named(before.recipients(), recipient().to());
        if (earlier != null) {
            return earlier;
        }
        // A recipient that got another name, or a name at all, is the same.
        List<RecipientState> renamed = new ArrayList<>(before.recipients());
        renamed.removeIf(recipient -> named(after.recipients(), recipient.to()) != null);
        return renamed.size() == 1 ? renamed.get(0) : null;
    }

    private static @Nullable RecipientState named(List<RecipientState> recipients, @Nullable Recipient name) {
        for (RecipientState recipient : recipients) {
            if (Objects.equals(recipient.to(), name)) {
                return recipient;
            }
        }
        return null;
    }

    /** The message as this recipient's alone, which was first heard of when the change came. Filters are compared with it. */
    public MessageState alone() {
        return new MessageState(
                after.message(),
                after.account(),
                after.direction(),
                after.from(),
                List.of(recipient()),
                after.segments(),
                after.cost(),
                after.sentAt(),
                after.registeredAt(),
                after.labels(),
                after.finalizedAt(),
                event.receivedAt(),
                after.lastEventAt());
    }

    /** The kind of change, by the recipient's state. */
    public Type type() {
        return switch (recipient().progress()) {
            case REGISTERED, ACCEPTED, SENT -> Type.SENT;
            case UNCONFIRMED -> Type.UNCONFIRMED;
            case FAILED -> Type.FAILED;
            case DELIVERED -> Type.DELIVERED;
        };
    }

    /** The kinds of changes, by the words of the API. */
    public enum Type {
        SENT,
        DELIVERED,
        FAILED,
        UNCONFIRMED;

        public String word() {
            return "message." + name().toLowerCase(Locale.ROOT);
        }
    }
}
