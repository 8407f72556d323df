package dev.sendstatus.query;

import dev.sendstatus.event.Provider;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The value that the messages of a group have in common.
 *
 * @param provider where the value means something only with it; else null
 * @param value null for the messages that have none: no campaign, no error code
 */
public record StatisticsGroup(
        @Nullable Provider provider, @Nullable String value) implements Comparable<StatisticsGroup> {

    private static final Comparator<StatisticsGroup> ORDER = Comparator.comparing(
                    StatisticsGroup::provider, Comparator.nullsFirst(Comparator.<Provider>naturalOrder()))
            .thenComparing(StatisticsGroup::value, Comparator.nullsFirst(Comparator.<String>naturalOrder()));

    @Override
    public int compareTo(StatisticsGroup other) {
        return ORDER.compare(this, other);
    }
}
