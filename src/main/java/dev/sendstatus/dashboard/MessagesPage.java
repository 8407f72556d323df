package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.catalog.Category;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.query.Cursor;
import dev.sendstatus.query.MessageParameters;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
        List<Chip> chips,
        @Nullable String newer,
        Grid grid,
        Empty empty,
        Pager pager)
        implements Page {

    static final String PATH = "/ui/messages";

    private static final String CURSOR = "cursor";
    private static final int ITEMS = 50;

    @Override
    public String title() {
        return "Messages";
    }

    @Override
    public String section() {
        return PATH;
    }

    static MessagesPage of(Api api, Visit visit) throws StoreException, WrongParameter {
        Map<String, List<String>> given = visit.queryWithout(CURSOR);
        Set<String> accounts = accounts(api);
        MessageFilter filter = filter(api, given, accounts, visit.now());
        String cursor = visit.query(CURSOR);
        Long before = cursor == null ? null : Long.valueOf(Cursor.read(cursor));
        MessagePage found = api.reads().page(filter, before, ITEMS);
        List<Choice> more = more(given);
        return new MessagesPage(
                usual(given, api, accounts),
                more,
                more.stream().anyMatch(choice -> !choice.value().isEmpty()),
                chips(PATH, given),
                cursor == null ? Visit.url(PATH + "/newer", with(given, "first", first(found))) : null,
                grid(api, found.messages(), visit.now()),
                empty(given, found, cursor),
                pager(given, found, cursor));
    }

    static MessageFilter filter(Api api, Map<String, List<String>> given, Set<String> accounts, Instant now)
            throws WrongParameter {
        return new MessageParameters(api.document().catalogue(), api.document().unconfirmedStatus(), api.limits())
                .filter(given, Set.of(), accounts, now);
    }

    /** The messages that a filter finds by that value; null for a value that it does not take, as of a sender in quotes. */
    static @Nullable String by(Api api, String filter, String value) {
        Map<String, List<String>> given = Map.of(filter, List.of(value));
        try {
            filter(api, given, Set.of(), api.clock().instant());
            return Visit.url(PATH, given);
        } catch (WrongParameter e) {
            return null;
        }
    }

    /** Those that are configured, and those that anything was ever stored for. */
    static Set<String> accounts(Api api) throws StoreException {
        Set<String> names = new TreeSet<>();
        api.reads().accounts().stream().map(AccountName::name).forEach(names::add);
        api.providers()
                .forEach(provider -> provider.accounts()
                        .forEach(account -> names.add(account.name().name())));
        return names;
    }

    /** By which it is found again; empty if there is none. */
    static String first(MessagePage found) {
        return found.messages().isEmpty() ? "" : key(found.messages().get(0));
    }

    static String key(StoredMessage message) {
        return message.state().message().provider().word() + "/"
                + message.state().message().id();
    }

    private static Map<String, List<String>> with(Map<String, List<String>> given, String name, String value) {
        Map<String, List<String>> all = new LinkedHashMap<>(given);
        all.put(name, List.of(value));
        return all;
    }

    private static List<Choice> usual(Map<String, List<String>> given, Api api, Set<String> accounts) {
        return List.of(
                Choice.of("status", "Status", one(given, "status"), words(SendStatus.values())),
                Choice.text("to", "To", one(given, "to"), "+12025550123, +1202*"),
                Choice.text("from", "From", one(given, "from"), "+12025550100"),
                Choice.text("error_code", "Error code", one(given, "error_code"), "30007"),
                Choice.text("since", "Since", one(given, "since"), "24h, yesterday, 2026-11-25"),
                Choice.text("until", "Until", one(given, "until"), "today"),
                Choice.of("provider", "Provider", one(given, "provider"), providers(api)),
                Choice.of("account", "Account", one(given, "account"), List.copyOf(accounts)));
    }

    /** The fields for those of the filters that are of use with changes as they come. */
    static List<Choice> changeFilters(Map<String, List<String>> given, Api api) throws StoreException {
        return List.of(
                Choice.of("status", "Status", one(given, "status"), words(SendStatus.values())),
                Choice.text("to", "To", one(given, "to"), "+12025550123, +1202*"),
                Choice.text("from", "From", one(given, "from"), "+12025550100"),
                Choice.text("error_code", "Error code", one(given, "error_code"), "30007"),
                Choice.of("provider", "Provider", one(given, "provider"), providers(api)),
                Choice.of("account", "Account", one(given, "account"), List.copyOf(accounts(api))),
                Choice.text("campaign", "Campaign", one(given, "campaign"), ""),
                Choice.text("tag", "Tag", one(given, "tag"), ""));
    }

    private static List<Choice> more(Map<String, List<String>> given) {
        List<String> yesNo = List.of("true", "false");
        return List.of(
                Choice.of("stuck", "Stuck", one(given, "stuck"), yesNo),
                Choice.of(
                        "category",
                        "Category of the error",
                        one(given, "category"),
                        Arrays.stream(Category.values()).map(Category::word).toList()),
                Choice.text("campaign", "Campaign", one(given, "campaign"), ""),
                Choice.text("reference", "Reference", one(given, "reference"), ""),
                Choice.text("tag", "Tag", one(given, "tag"), ""),
                Choice.text("link_domain", "Domain of a link", one(given, "link_domain"), "example.com"),
                Choice.text("carrier", "Carrier", one(given, "carrier"), ""),
                Choice.of(
                        "direction",
                        "Direction",
                        one(given, "direction"),
                        Arrays.stream(Direction.values())
                                .map(way -> way.name().toLowerCase(Locale.ROOT))
                                .toList()),
                Choice.of("conflict", "Conflict", one(given, "conflict"), yesNo),
                Choice.of("unconfirmed", "Unconfirmed", one(given, "unconfirmed"), yesNo),
                Choice.text("sent_since", "Sent since", one(given, "sent_since"), "24h"),
                Choice.text("sent_until", "Sent until", one(given, "sent_until"), "today"));
    }

    private static List<String> providers(Api api) {
        return api.document().catalogue().providers().stream()
                .map(provider -> provider.word())
                .toList();
    }

    private static List<String> words(SendStatus[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static @Nullable String one(Map<String, List<String>> given, String name) {
        List<String> values = given.get(name);
        return values == null ? null : values.get(0);
    }

    /** The filters of the list at that path. */
    static List<Chip> chips(String path, Map<String, List<String>> given) {
        List<Chip> chips = new ArrayList<>();
        for (Map.Entry<String, List<String>> filter : given.entrySet()) {
            Map<String, List<String>> others = new LinkedHashMap<>(given);
            others.remove(filter.getKey());
            chips.add(new Chip(
                    filter.getKey().replace('_', ' ') + ": " + Grid.cut(String.join(", ", filter.getValue())),
                    Visit.url(path, others)));
        }
        return chips;
    }

    private static Grid grid(Api api, List<StoredMessage> messages, Instant now) {
        List<Grid.Row> rows = new ArrayList<>();
        for (StoredMessage message : messages) {
            MessageState state = message.state();
            rows.add(Grid.Row.of(
                    Grid.Cell.moment(Moment.of(state.firstEventAt(), now)),
                    Grid.Cell.badges(MessageWords.badges(api, message, now)),
                    Grid.Cell.link(state.message().id(), MessageWords.href(state.message())),
                    Grid.Cell.text(MessageWords.to(state)),
                    Grid.Cell.text(state.from()),
                    Grid.Cell.text(state.errorCode()),
                    Grid.Cell.text(state.account().toString())));
        }
        return new Grid(
                "message-table",
                "Messages, the newest first",
                List.of(
                        Grid.Column.text("First heard"),
                        Grid.Column.text("Status"),
                        Grid.Column.text("Id"),
                        Grid.Column.text("To"),
                        Grid.Column.text("From"),
                        Grid.Column.text("Error code"),
                        Grid.Column.text("Account")),
                rows);
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

    private static Pager pager(Map<String, List<String>> given, MessagePage found, @Nullable String cursor) {
        Long next = found.next();
        return new Pager(
                cursor == null ? null : Visit.url(PATH, given),
                next == null ? null : Visit.url(PATH, with(given, CURSOR, Cursor.write(next))),
                found.messages().isEmpty() ? "Look further" : "Older");
    }
}
