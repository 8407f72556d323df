package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.catalog.Charged;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Provider;
import dev.sendstatus.query.ErrorCodeList;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The error codes, those that came. The parameters are those of {@code GET /v1/error-codes}; {@code unseen} asks for those of the
 * catalogue as well that never came, and {@code sort} names a column.
 *
 * @param other the same with, or without, those that never came
 */
public record ErrorsPage(List<Choice> form, String sentence, Way other, Grid codes, Empty empty) implements Page {
    static final String PATH = "/ui/errors";

    private static final Set<String> PARAMETERS = new TreeSet<>(Set.of("provider", "known", "unseen", "sort"));

    @Override
    public String title() {
        return "Error codes";
    }

    @Override
    public String section() {
        return PATH;
    }

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

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Sort of(@Nullable String word) throws WrongParameter {
            for (Sort sort : values()) {
                if (word == null || sort.word().equals(word)) {
                    return sort;
                }
            }
            throw new WrongParameter("sort is one of "
                    + Arrays.stream(values()).map(Sort::word).collect(Collectors.joining(", ")) + ".");
        }
    }

    static ErrorsPage of(Api api, Visit visit) throws StoreException, WrongParameter {
        Map<String, List<String>> given = visit.queryWithout();
        for (Map.Entry<String, List<String>> parameter : given.entrySet()) {
            if (!PARAMETERS.contains(parameter.getKey())) {
                throw new WrongParameter(
                        parameter.getKey() + " is no parameter here; there are " + String.join(", ", PARAMETERS) + ".");
            }
        }
        boolean unseen = Boolean.TRUE.equals(flag(visit, "unseen"));
        Boolean known = flag(visit, "known");
        Sort sort = Sort.of(visit.query("sort"));
        String word = visit.query("provider");
        Provider provider = word == null ? null : provider(api, word);
        List<ErrorCodeList.Item> items = new ErrorCodeList(api.document().catalogue())
                .items(api.reads().errorCodes(), provider, known).stream()
                        .filter(item -> unseen || item.seen() > 0)
                        .sorted(sort.order())
                        .toList();
        long unknown = items.stream().filter(item -> !item.meaning().known()).count();
        return new ErrorsPage(
                form(api, word, known),
                Figures.number(items.size()) + (items.size() == 1 ? " code" : " codes")
                        + (unknown == 0 ? "." : ", " + Figures.number(unknown) + " of which the catalogue lacks.")
                        + " Seen counts the events that said so, repeats too.",
                unseen
                        ? Way.to("Only those that came", Visit.url(PATH, with(given, "unseen", null)))
                        : Way.to("Also those that never came", Visit.url(PATH, with(given, "unseen", "true"))),
                grid(items, given, sort, visit.now()),
                new Empty(
                        "No error code came" + (given.isEmpty() ? " yet." : " that matches.")
                                + " The meaning of any is told by",
                        List.of("scripts/sendstatus errors twilio 30007")));
    }

    private static Provider provider(Api api, String word) throws WrongParameter {
        List<Provider> providers = api.document().catalogue().providers();
        return providers.stream()
                .filter(provider -> provider.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new WrongParameter("provider is one of "
                        + providers.stream().map(Provider::word).collect(Collectors.joining(", ")) + "."));
    }

    private static @Nullable Boolean flag(Visit visit, String name) throws WrongParameter {
        String text = visit.query(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw new WrongParameter(name + " is true or false.");
        }
        return text == null ? null : Boolean.valueOf(text);
    }

    private static Map<String, List<String>> with(
            Map<String, List<String>> given, String name, @Nullable String value) {
        Map<String, List<String>> all = new LinkedHashMap<>(given);
        if (value == null) {
            all.remove(name);
        } else {
            all.put(name, List.of(value));
        }
        return all;
    }

    private static List<Choice> form(Api api, @Nullable String provider, @Nullable Boolean known) {
        return List.of(
                Choice.of(
                        "provider",
                        "Provider",
                        provider,
                        api.document().catalogue().providers().stream()
                                .map(Provider::word)
                                .toList()),
                Choice.of("known", "Known", known == null ? null : known.toString(), List.of("true", "false")));
    }

    private static Grid grid(List<ErrorCodeList.Item> items, Map<String, List<String>> given, Sort inUse, Instant now) {
        List<Grid.Row> rows = new ArrayList<>();
        for (ErrorCodeList.Item item : items) {
            ErrorMeaning meaning = item.meaning();
            rows.add(Grid.Row.of(
                    Grid.Cell.text(meaning.provider().word()),
                    Grid.Cell.link(meaning.code(), ErrorPage.href(meaning.provider(), meaning.code())),
                    meaning.known()
                            ? Grid.Cell.text(meaning.title())
                            : Grid.Cell.badges(List.of(new Badge("unknown", Badge.Kind.WARNING))),
                    Grid.Cell.text(meaning.category().word().replace('_', ' ')),
                    Grid.Cell.text(charged(meaning.charged())),
                    Grid.Cell.number(item.seen(), null),
                    Grid.Cell.moment(Moment.orNull(item.lastSeenAt(), now)),
                    ErrorPage.messages(meaning.provider(), meaning.code())
                            .map(href -> Grid.Cell.link("show", href))
                            .orElse(Grid.Cell.text("–"))));
        }
        List<Grid.Column> columns = new ArrayList<>();
        for (String title : List.of("Provider", "Code", "Title", "Category", "Charged")) {
            columns.add(Grid.Column.text(title));
        }
        for (Sort sort : Sort.values()) {
            columns.add(new Grid.Column(
                    sort.title,
                    sort == Sort.SEEN,
                    sort == inUse ? "descending" : null,
                    Visit.url(PATH, with(given, "sort", sort.word()))));
        }
        columns.add(Grid.Column.text("Messages"));
        return new Grid("codes", "Error codes", columns, rows);
    }

    static String charged(Charged charged) {
        return switch (charged) {
            case YES -> "yes";
            case NO -> "no";
            case UNKNOWN -> "not known";
        };
    }
}
