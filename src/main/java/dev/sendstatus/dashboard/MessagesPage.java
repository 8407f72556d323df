package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.query.Cursor;
import dev.sendstatus.query.MessageParameters;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages that match, the newest first. The parameters are those of {@code GET /v1/messages}.
 *
 * @param moreInUse whether one of the fields in {@code more} is filled
 * @param newer asks how many newer ones there are; null on a later part of the list
 */
public record MessagesPage(
        List<Choice> usual,
        List<Choice> more,
        boolean moreInUse,
        List<Filters.Chip> chips,
        @Nullable String newer,
        Grid grid,
        Empty empty,
        Pager pager) {
    static final String PATH = "/ui/messages";

    private static final int ITEMS = 50;

    static MessagesPage of(Api api, Visit visit) throws StoreException, WrongParameter {
        Map<String, List<String>> given = visit.queryWithout(Pager.CURSOR);
        Place list = new Place(PATH, given);
        MessageFilter filter = api.listParameters().filter(given, Set.of(), visit.now());
        String cursor = visit.query(Pager.CURSOR);
        Long before = cursor == null ? null : Long.valueOf(Cursor.read(cursor));
        MessagePage found = api.reads().page(filter, before, ITEMS);
        Long next = found.next();
        return new MessagesPage(
                Filters.fields(Filters.USUAL, given, api),
                Filters.fields(Filters.MORE, given, api),
                Filters.MORE.stream().anyMatch(given::containsKey),
                Filters.chips(list),
                cursor == null
                        ? new Place(PATH + "/newer", given)
                                .with("first", first(found))
                                .url()
                        : null,
                grid(api, found.messages(), visit.now()),
                empty(given, found, cursor),
                Pager.of(
                        list,
                        cursor,
                        next == null ? null : Cursor.write(next),
                        found.messages().isEmpty() ? "Look further" : "Older"));
    }

    /** The messages that a filter finds by that value; null for a value that it does not take, as of a sender in quotes. */
    static @Nullable String by(Api api, String filter, String value) {
        Place list = Place.of(PATH).with(filter, value);
        try {
            new MessageParameters(api.document())
                    .filter(list.parameters(), Set.of(), Set.of(), api.clock().instant());
            return list.url();
        } catch (WrongParameter e) {
            return null;
        }
    }

    /** By which it is found again; empty if there is none. */
    private static String first(MessagePage found) {
        return found.messages().isEmpty() ? "" : key(found.messages().get(0));
    }

    static String key(StoredMessage message) {
        return message.state().message().provider().word() + "/"
                + message.state().message().id();
    }

    private static Grid grid(Api api, List<StoredMessage> messages, Instant now) {
        return new Columns<>(messages, now)
                .moment("First heard", message -> message.state().firstEventAt())
                .badges("Status", message -> MessageWords.badges(api, message, now))
                .link(
                        "Id",
                        message -> message.state().message().id(),
                        message -> MessageWords.href(message.state().message()))
                .text("To", message -> MessageWords.to(message.state()))
                .text("From", message -> message.state().from())
                .text("Error code", message -> message.state().errorCode())
                .text("Account", message -> message.state().account().toString())
                .grid("message-table", "Messages, the newest first");
    }

    private static Empty empty(Map<String, List<String>> given, MessagePage found, @Nullable String cursor) {
        if (found.next() != null) {
            return new Empty("None among those that were looked at so far. Older ones are looked at next.", List.of());
        }
        if (!given.isEmpty() || cursor != null) {
            return new Empty("No message matches. Take a filter away, or look for a longer time.", List.of());
        }
        return new Empty(
                "There is no message yet. Send some made-up ones, or connect a provider as docs/connect.md says.",
                List.of("scripts/sendstatus simulate --provider bandwidth --messages 200 --register"));
    }
}
