package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.catalog.Charged;
import dev.sendstatus.event.Provider;
import dev.sendstatus.query.ErrorCodeList;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The error codes, those that came. The parameters are those of {@code GET /v1/error-codes}; {@code unseen} asks for those of the
 * catalogue as well that never came, and {@code sort} names a column.
 *
 * @param other the same with, or without, those that never came
 */
public record ErrorsPage(List<Choice> form, String sentence, Way other, Grid codes, String empty) {
    static final String PATH = "/ui/errors";

    private static final Set<String> PARAMETERS = Set.of("provider", "known", "unseen", "sort");

    private enum Sort {
        SEEN("Seen"),
        LAST_SEEN("Last seen");

        private final String title;

        Sort(String title) {
            this.title = title;
        }

        private Comparator<ErrorCodeList.Item> order() {
            return switch (this) {
                case SEEN -> Comparator.comparingLong(ErrorCodeList.Item::seen).reversed();
                case LAST_SEEN ->
                    Comparator.comparing(
                            ErrorCodeList.Item::lastSeenAt, Comparator.nullsLast(Comparator.<Instant>reverseOrder()));
            };
        }
    }

    static ErrorsPage of(Api api, Visit visit) throws StoreException, WrongParameter {
        Map<String, List<String>> given = visit.queryWithout();
        ParameterText.check(given, PARAMETERS);
        Place place = new Place(PATH, given);
        boolean unseen = Boolean.TRUE.equals(ParameterText.flag("unseen", visit.query("unseen")));
        String word = visit.query("provider");
        Boolean known = ParameterText.flag("known", visit.query("known"));
        Sort asked = ParameterText.oneOf("sort", visit.query("sort"), Sort.values());
        Sort sort = asked == null ? Sort.SEEN : asked;
        List<ErrorCodeList.Item> items = api.errorCodeList().items(api.reads().errorCodes(), word, known).stream()
                .filter(item -> unseen || item.seen() > 0)
                .sorted(sort.order())
                .toList();
        long unknown = items.stream().filter(item -> !item.meaning().known()).count();
        return new ErrorsPage(
                List.of(
                        Choice.of(
                                "provider",
                                "Provider",
                                word,
                                api.document().catalogue().providers(),
                                Provider::word),
                        Choice.of("known", "Known", visit.query("known"), List.of("true", "false"), flag -> flag)),
                Figures.number(items.size()) + (items.size() == 1 ? " code" : " codes")
                        + (unknown == 0 ? "." : ", " + Figures.number(unknown) + " of which the catalogue lacks.")
                        + " Seen counts the events that said so, repeats too.",
                unseen
                        ? Way.to(
                                "Only those that came",
                                place.with("unseen", null).url())
                        : Way.to(
                                "Also those that never came",
                                place.with("unseen", "true").url()),
                grid(items, place, sort, visit.now()),
                "No error code came" + (given.isEmpty() ? " yet." : " that matches.")
                        + " The meaning of any is told by");
    }

    private static Grid grid(List<ErrorCodeList.Item> items, Place place, Sort inUse, Instant now) {
        Columns<ErrorCodeList.Item> columns = new Columns<>(items, now)
                .text("Provider", item -> item.meaning().provider().word())
                .link(
                        "Code",
                        item -> item.meaning().code(),
                        item -> ErrorPage.href(
                                item.meaning().provider(), item.meaning().code()))
                .add(
                        Grid.Column.text("Title"),
                        item -> item.meaning().known()
                                ? Grid.Cell.text(item.meaning().title())
                                : Grid.Cell.badges(List.of(new Badge("unknown", Badge.Kind.WARNING))))
                .text("Category", item -> item.meaning().category().word().replace('_', ' '))
                .text("Charged", item -> charged(item.meaning().charged()))
                .add(column(Sort.SEEN, place, inUse), item -> Grid.Cell.number(item.seen(), null))
                .moment(column(Sort.LAST_SEEN, place, inUse), ErrorCodeList.Item::lastSeenAt)
                .add(
                        Grid.Column.text("Messages"),
                        item -> ErrorPage.messages(
                                        item.meaning().provider(),
                                        item.meaning().code(),
                                        null)
                                .map(href -> Grid.Cell.link("show", href))
                                .orElse(Grid.Cell.text("–")));
        return columns.grid("codes", "Error codes");
    }

    private static Grid.Column column(Sort sort, Place place, Sort inUse) {
        return new Grid.Column(
                sort.title,
                sort == Sort.SEEN,
                sort == inUse ? "descending" : null,
                place.with("sort", ParameterText.word(sort)).url());
    }

    static String charged(Charged charged) {
        return switch (charged) {
            case YES -> "yes";
            case NO -> "no";
            case UNKNOWN -> "not known";
        };
    }
}
