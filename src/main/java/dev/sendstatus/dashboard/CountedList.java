package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.Written;
import dev.sendstatus.store.StatisticsDimension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The lists of messages that the figures of one answer of the statistics count. A figure has a list only where the filters can say
 * exactly which messages it counts.
 */
final class CountedList {
    private final Instant since;
    private final Instant until;
    private final @Nullable StatisticsDimension by;
    private final SenderNames senders;

    CountedList(JsonNode answer) {
        since = Instant.parse(answer.path("since").asText());
        until = Instant.parse(answer.path("until").asText());
        by = StatisticsDimension.of(answer.path("by").asText()).orElse(null);
        List<String> names = new ArrayList<>();
        if (by == StatisticsDimension.FROM) {
            answer.path("groups").forEach(group -> names.add(value(group)));
        }
        senders = new SenderNames(names);
    }

    /** Of all messages together; the statistics count by when a message was first heard of, as {@code since} of the lists does. */
    String total(String... more) {
        return href(Place.of(MessagesPage.PATH), since, until, more);
    }

    /** Of a group; null if there are no such filters. @param more names and values of further filters, in turn */
    @Nullable
    String group(JsonNode group, String... more) {
        String value = value(group);
        if (by == null || value.isEmpty() || !group.path(by.word()).isTextual()) {
            return null;
        }
        if (by.time()) {
            Instant from = Instant.parse(value);
            Instant end = from.plus(by == StatisticsDimension.DAY ? Duration.ofDays(1) : Duration.ofHours(1));
            return href(Place.of(MessagesPage.PATH), later(from, since), end.isBefore(until) ? end : until, more);
        }
        return within(group, since, until, more);
    }

    /** Of an hour of a group that is no stretch of time. */
    @Nullable
    String hour(JsonNode group, Instant hour, String... more) {
        Instant end = hour.plus(Duration.ofHours(1));
        return within(group, later(hour, since), end.isBefore(until) ? end : until, more);
    }

    private @Nullable String within(JsonNode group, Instant from, Instant end, String... more) {
        String value = value(group);
        if (by == null || value.isEmpty() || !group.path(by.word()).isTextual() || !exact(value)) {
            return null;
        }
        Place list = Place.of(MessagesPage.PATH);
        if (by.perProvider()) {
            list = list.with("provider", group.path("provider").asText());
        }
        return href(list.with(by.word(), value), from, end, more);
    }

    private String value(JsonNode group) {
        return by == null ? "" : group.path(by.word()).asText();
    }

    /** Whether the filter takes the value as it is, and finds no other one's messages as well. */
    private boolean exact(String value) {
        if (by != StatisticsDimension.FROM) {
            return Written.stripped(value).equals(value)
                    && (by != StatisticsDimension.LINK_DOMAIN
                            || value.toLowerCase(Locale.ROOT).equals(value));
        }
        return senders.exact(value);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static String href(Place list, Instant since, Instant until, String... more) {
        Place outbound = list.with("since", since.toString())
                .with("until", until.toString())
                .with("direction", "outbound");
        for (int i = 0; i < more.length; i += 2) {
            outbound = outbound.with(more[i], more[i + 1]);
        }
        return outbound.url();
    }
}
