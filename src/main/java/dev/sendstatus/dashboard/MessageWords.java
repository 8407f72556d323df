package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.dashboard.Badge.Kind;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How pages name a message and its state. */
final class MessageWords {
    private static final int MOST_NAMED = 3;

    private MessageWords() {}

    /** The path of its page. */
    static String href(MessageKey message) {
        return Place.of(MessagesPage.PATH + "/" + Place.encoded(message.id()))
                .with("provider", message.provider().word())
                .url();
    }

    /** To whom, the first three by name. */
    static String to(MessageState state) {
        List<String> named = state.recipients().stream()
                .map(RecipientState::to)
                .filter(Objects::nonNull)
                .map(Recipient::address)
                .toList();
        int more = named.size() - MOST_NAMED;
        return String.join(", ", named.subList(0, Math.min(MOST_NAMED, named.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    static List<Badge> badges(Api api, StoredMessage message, Instant now) {
        MessageState state = message.state();
        List<Badge> badges = new ArrayList<>();
        badges.add(status(api, state.status(), state.unconfirmed()));
        if (state.unconfirmed()) {
            badges.add(new Badge("unconfirmed", Kind.PLAIN));
        }
        if (StuckView.of(message, now, api.document().limits()) != null) {
            badges.add(new Badge("stuck", Kind.WARNING));
        }
        if (state.conflict()) {
            badges.add(new Badge("conflict", Kind.WARNING));
        }
        return badges;
    }

    static Badge status(Api api, SendStatus status, boolean unconfirmed) {
        SendStatus shown = unconfirmed ? api.document().unconfirmedStatus() : status;
        return new Badge(
                shown.name(),
                switch (shown) {
                    case SENT -> Kind.OPEN;
                    case ERROR -> Kind.BAD;
                    case DELIVERED -> Kind.GOOD;
                });
    }
}
