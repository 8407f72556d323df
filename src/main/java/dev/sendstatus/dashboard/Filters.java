package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.catalog.Category;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters of lists and of changes as fields of a form, and those in use as chips. */
public final class Filters {
    static final List<String> USUAL =
            List.of("status", "to", "from", "error_code", "since", "until", "provider", "account");
    static final List<String> MORE = List.of(
            "stuck",
            "category",
            "campaign",
            "reference",
            "tag",
            "link_domain",
            "carrier",
            "direction",
            "conflict",
            "unconfirmed",
            "sent_since",
            "sent_until");
    /** Those that are of use with changes as they come. */
    static final List<String> OF_CHANGES =
            List.of("status", "to", "from", "error_code", "provider", "account", "campaign", "tag");

    private static final List<String> YES_NO = List.of("true", "false");

    private Filters() {}

    /** A filter that is in use. @param without the list without it */
    public record Chip(String text, String without) {}

    /** @param given the filters in use */
    static List<Choice> fields(List<String> names, Map<String, List<String>> given, Api api) throws StoreException {
        List<Choice> fields = new ArrayList<>();
        for (String name : names) {
            List<String> values = given.get(name);
            fields.add(field(name, values == null ? null : values.get(0), api));
        }
        return fields;
    }

    private static Choice field(String name, @Nullable String value, Api api) throws StoreException {
        return switch (name) {
            case "status" -> Choice.of(name, "Status", value, List.of(SendStatus.values()), Enum::name);
            case "to" -> Choice.text(name, "To", value, "+12025550123, +1202*");
            case "from" -> Choice.text(name, "From", value, "+12025550100");
            case "error_code" -> Choice.text(name, "Error code", value, "30007");
            case "since" -> Choice.text(name, "Since", value, "24h, yesterday, 2026-11-25");
            case "until" -> Choice.text(name, "Until", value, "today");
            case "provider" ->
                Choice.of(name, "Provider", value, api.document().catalogue().providers(), Provider::word);
            case "account" ->
                Choice.of(name, "Account", value, api.listParameters().accounts(), account -> account);
            case "stuck" -> Choice.of(name, "Stuck", value, YES_NO, word -> word);
            case "category" ->
                Choice.of(name, "Category of the error", value, List.of(Category.values()), Category::word);
            case "link_domain" -> Choice.text(name, "Domain of a link", value, "example.com");
            case "direction" -> Choice.of(name, "Direction", value, List.of(Direction.values()), ParameterText::word);
            case "conflict" -> Choice.of(name, "Conflict", value, YES_NO, word -> word);
            case "unconfirmed" -> Choice.of(name, "Unconfirmed", value, YES_NO, word -> word);
            case "sent_since" -> Choice.text(name, "Sent since", value, "24h");
            case "sent_until" -> Choice.text(name, "Sent until", value, "today");
            // Campaign, reference, tag and carrier are any text.
            default -> Choice.text(name, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), value, "");
        };
    }

    /** @param list with the filters in use */
    static List<Chip> chips(Place list) {
        List<Chip> chips = new ArrayList<>();
        list.parameters()
                .forEach((name, values) -> chips.add(new Chip(
                        name.replace('_', ' ') + ": " + Grid.cut(String.join(", ", values)),
                        list.with(name, null).url())));
        return chips;
    }
}
