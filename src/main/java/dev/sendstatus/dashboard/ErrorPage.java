package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.api.Unanswerable;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Written;
import dev.sendstatus.query.ErrorCodeList;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One error code, whether the catalogue holds it or not.
 *
 * @param charged whether a message that failed so is charged
 * @param seen how often it came, and when the last time
 */
public record ErrorPage(
        ErrorMeaning error, List<Badge> badges, String charged, String category, String seen, List<Way> ways) {

    static String href(Provider provider, String code) {
        return ErrorsPage.PATH + "/" + Place.encoded(provider.word()) + "/" + Place.encoded(code);
    }

    /** Those that have the code now; empty if no filter can name it. @param since null for all of them */
    static Optional<String> messages(Provider provider, String code, @Nullable String since) {
        if (code.isEmpty() || !Written.stripped(code).equals(code)) {
            return Optional.empty();
        }
        return Optional.of(Place.of(MessagesPage.PATH)
                .with("provider", provider.word())
                .with("error_code", code)
                .with("since", since)
                .url());
    }

    static ErrorPage of(Api api, Visit visit) throws StoreException, Unanswerable {
        Provider provider = api.provider(visit.path("provider"));
        String code = visit.path("code");
        ErrorCodeList.Item item = api.errorCodeList().item(api.reads().errorCodes(), provider, code);
        ErrorMeaning meaning = item.meaning();
        Moment last = Moment.orNull(item.lastSeenAt(), visit.now());
        List<Way> ways = new ArrayList<>();
        messages(provider, code, null).ifPresent(href -> ways.add(Way.to("Its messages", href)));
        messages(provider, code, "24h").ifPresent(href -> ways.add(Way.to("Those of 24 hours", href)));
        ways.add(Way.to("Statistics by error code", StatisticsPage.PATH + "?since=24h&by=error_code"));
        ways.add(Way.to(
                "All of " + provider.word(),
                Place.of(ErrorsPage.PATH).with("provider", provider.word()).url()));
        return new ErrorPage(
                meaning,
                meaning.known() ? List.of() : List.of(new Badge("unknown", Badge.Kind.WARNING)),
                ErrorsPage.charged(meaning.charged())
                        + item.chargedByStatus().entrySet().stream()
                                .map(one -> "; as " + one.getKey() + ": " + ErrorsPage.charged(one.getValue()))
                                .collect(Collectors.joining()),
                meaning.category().word().replace('_', ' '),
                last == null
                        ? "never"
                        : Figures.number(item.seen()) + (item.seen() == 1 ? " event" : " events") + ", the last "
                                + last.relative() + " (" + last.absolute() + ")",
                ways);
    }
}
