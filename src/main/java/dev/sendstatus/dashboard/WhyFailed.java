package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Provider;
import dev.sendstatus.query.MessageErrors;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a message's error code, the remedy, and the other messages that had it today.
 *
 * @param codeHref the page of the code
 * @param list the messages of the same provider that had the code today
 * @param others counts of the newest of those, by a sender, carrier or domain that they share
 * @param othersNote which were counted
 */
public record WhyFailed(
        ErrorMeaning error, String codeHref, String list, String facts, Grid others, String othersNote) {

    private static final int MOST_LOOKED_AT = 200;
    private static final int MOST_OF_EACH = 3;

    private static final List<Trait> TRAITS = List.of(
            new Trait("sender", "from", message -> values(message.from())),
            new Trait(
                    "carrier",
                    "carrier",
                    message -> message.recipients().stream()
                            .flatMap(recipient -> values(recipient.carrier()).stream())
                            .distinct()
                            .toList()),
            new Trait(
                    "domain of a link",
                    "link_domain",
                    message -> message.labels().linkDomains()));

    /** Something that messages may have in common. @param filter by which they are listed */
    private record Trait(String word, String filter, Function<MessageState, List<String>> values) {}

    private static List<String> values(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    static @Nullable WhyFailed of(Api api, MessageState state, Instant now) throws StoreException {
        ErrorMeaning error =
                new MessageErrors(api.document().catalogue()).of(state).orElse(null);
        if (error == null) {
            return null;
        }
        Provider provider = state.message().provider();
        List<StoredMessage> same = api.reads()
                .page(
                        new MessageFilter.Builder()
                                .provider(provider)
                                .errorCode(error.code())
                                .between(now.truncatedTo(ChronoUnit.DAYS), null)
                                .build(),
                        null,
                        MOST_LOOKED_AT)
                .messages();
        Place list = Place.of(MessagesPage.PATH)
                .with("since", "today")
                .with("provider", provider.word())
                .with("error_code", error.code());
        List<Common> common = new ArrayList<>();
        TRAITS.forEach(trait -> common.addAll(common(trait, same)));
        return new WhyFailed(
                error,
                ErrorPage.href(provider, error.code()),
                list.url(),
                "Category " + error.category().word().replace('_', ' ') + ". "
                        + switch (error.charged()) {
                            case YES -> "The provider charges for it.";
                            case NO -> "The provider does not charge for it.";
                            case UNKNOWN -> "Whether the provider charges for it is not known.";
                        }
                        + (error.retryable()
                                ? " The same message may get through later."
                                : " The same again fails again."),
                new Columns<>(common, now)
                        .text("By", one -> one.trait().word())
                        .link(
                                "Which",
                                Common::value,
                                one -> MessagesPage.by(api, one.trait().filter(), one.value()) == null
                                        ? null
                                        : list.with(one.trait().filter(), one.value())
                                                .url())
                        .number("Messages", Common::messages)
                        .grid("others", "Who else had this code today"),
                same.size() == MOST_LOOKED_AT
                        ? "Of the newest " + Figures.number(MOST_LOOKED_AT) + " messages that had it since 00:00 UTC."
                        : "Of " + Figures.messages(same.size()) + " that had it since 00:00 UTC.");
    }

    /** A value that so many messages have in common. */
    private record Common(Trait trait, String value, long messages) {}

    /** The most frequent values of a trait. */
    private static List<Common> common(Trait trait, List<StoredMessage> messages) {
        Map<String, Long> counts = new HashMap<>();
        messages.forEach(
                message -> trait.values().apply(message.state()).forEach(value -> counts.merge(value, 1L, Long::sum)));
        return counts.entrySet().stream()
                .map(count -> new Common(trait, count.getKey(), count.getValue()))
                .sorted(Comparator.comparingLong(Common::messages).reversed().thenComparing(Common::value))
                .limit(MOST_OF_EACH)
                .toList();
    }
}
