package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Written;
import dev.sendstatus.query.ErrorCodeList;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One error code, whether the catalogue holds it or not.
 *
 * @param charged whether a message that failed so is charged
 * @param seen how often it came, and when the last time
 */
public record ErrorPage(
        String provider,
        String code,
        List<Badge> badges,
        String heading,
        String meaning,
        String advice,
        String charged,
        String retryable,
        String category,
        String source,
        String seen,
        List<Way> ways)
        implements Page {

    @Override
    public String title() {
        return "Error " + Grid.cut(code) + " of " + provider;
    }

    @Override
    public String section() {
        return ErrorsPage.PATH;
    }

    static String href(Provider provider, String code) {
        return ErrorsPage.PATH + "/" + Visit.encoded(provider.word()) + "/" + Visit.encoded(code);
    }

    /** Those that have the code now; empty if no filter can name it. */
    static Optional<String> messages(Provider provider, String code, String... more) {
        if (code.isEmpty() || !Written.stripped(code).equals(code)) {
            return Optional.empty();
        }
        Map<String, List<String>> filters = new LinkedHashMap<>();
        filters.put("provider", List.of(provider.word()));
        filters.put("error_code", List.of(code));
        for (int i = 0; i < more.length; i += 2) {
            filters.put(more[i], List.of(more[i + 1]));
        }
        return Optional.of(Visit.url(MessagesPage.PATH, filters));
    }

    static ErrorPage of(Api api, Visit visit) throws StoreException, NotFound {
        List<Provider> providers = api.document().catalogue().providers();
        String word = visit.path("provider");
        Provider provider = providers.stream()
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new NotFound("There are codes of "
                        + providers.stream().map(Provider::word).collect(Collectors.joining(", ")) + "."));
        String code = visit.path("code");
        ErrorCodeList.Item item =
                new ErrorCodeList(api.document().catalogue()).item(api.reads().errorCodes(), provider, code);
        ErrorMeaning meaning = item.meaning();
        Moment last = Moment.orNull(item.lastSeenAt(), visit.now());
        List<Way> ways = new ArrayList<>();
        messages(provider, code).ifPresent(href -> ways.add(Way.to("Its messages", href)));
        messages(provider, code, "since", "24h").ifPresent(href -> ways.add(Way.to("Those of 24 hours", href)));
        ways.add(Way.to("Statistics by error code", StatisticsPage.PATH + "?since=24h&by=error_code"));
        ways.add(Way.to("All of " + provider.word(), ErrorsPage.PATH + "?provider=" + Visit.encoded(provider.word())));
        return new ErrorPage(
                provider.word(),
                code,
                meaning.known() ? List.of() : List.of(new Badge("unknown", Badge.Kind.WARNING)),
                meaning.title(),
                meaning.meaning(),
                meaning.advice(),
                ErrorsPage.charged(meaning.charged())
                        + item.chargedByStatus().entrySet().stream()
                                .map(one -> "; as " + one.getKey() + ": " + ErrorsPage.charged(one.getValue()))
                                .collect(Collectors.joining()),
                meaning.retryable() ? "yes, the same message may get through later" : "no, the same again fails again",
                meaning.category().word().replace('_', ' '),
                meaning.source(),
                last == null
                        ? "never"
                        : Figures.number(item.seen()) + (item.seen() == 1 ? " event" : " events") + ", the last "
                                + last.relative() + " (" + last.absolute() + ")",
                ways);
    }
}
