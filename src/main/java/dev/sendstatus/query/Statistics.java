package dev.sendstatus.query;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.CountedMessage;
import dev.sendstatus.store.StatisticsDimension;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts messages, all together and in groups. A message counts once in each group that it belongs to: one with two tags in both of
 * these, one without any in the group of those that have none. One thread.
 */
public final class Statistics {
    /** A group takes some hundred bytes, and its latencies more. */
    private static final int MOST_GROUPS = 10_000;

    private static final long HOUR_SECONDS = 3_600;
    private static final StatisticsGroup NONE = new StatisticsGroup(null, null);

    /** The messages have more groups than are counted at once. */
    public static final class TooManyGroups extends WrongParameter {
        private static final long serialVersionUID = 1L;

        private TooManyGroups(StatisticsDimension by) {
            super("More than " + MOST_GROUPS + " groups by " + by.word()
                    + ": ask for less time, or by something else.");
        }
    }

    private final StatisticsQuestion question;
    private final Catalogue catalogue;
    private final MessageErrors errors;
    private final MessageFigures total = new MessageFigures();
    private final Map<StatisticsGroup, MessageFigures> groups = new HashMap<>();
    /** The groups of the message that is being counted. */
    private final List<MessageFigures> found = new ArrayList<>();

    private Statistics(StatisticsQuestion question) {
        this.question = question;
        this.catalogue = question.document().catalogue();
        this.errors = new MessageErrors(catalogue);
    }

    /** All that the question asks for, as it is at one moment. */
    public static Statistics of(StatisticsQuestion question, Reads reads) throws StoreException, TooManyGroups {
        Statistics statistics = new Statistics(question);
        reads.count(question.since(), question.until(), question.by(), statistics::count);
        return statistics;
    }

    private void count(CountedMessage message) throws TooManyGroups {
        MessageFacts facts = MessageFacts.of(message, question.document(), errors, question.now());
        long before = lastHour() - message.hour();
        total.add(facts, message.latencyMillis(), before);
        StatisticsDimension by = question.by();
        if (by != null) {
            findGroups(message, by);
            for (MessageFigures group : found) {
                group.add(facts, message.latencyMillis(), before);
            }
        }
    }

    /** The last hour that the question asks for, since 1970. */
    long lastHour() {
        return Math.floorDiv(question.until().minusNanos(1).getEpochSecond(), HOUR_SECONDS);
    }

    StatisticsQuestion question() {
        return question;
    }

    MessageFigures total() {
        return total;
    }

    /** Stretches of time in their order, all others by how many messages they have. */
    List<Map.Entry<StatisticsGroup, MessageFigures>> groups() {
        StatisticsDimension by = question.by();
        Comparator<Map.Entry<StatisticsGroup, MessageFigures>> byGroup = Map.Entry.comparingByKey();
        Comparator<Map.Entry<StatisticsGroup, MessageFigures>> bySize =
                Comparator.comparingLong(entry -> -entry.getValue().messages());
        return groups.entrySet().stream()
                .sorted(by != null && by.time() ? byGroup : bySize.thenComparing(byGroup))
                .toList();
    }

    private void findGroups(CountedMessage message, StatisticsDimension by) throws TooManyGroups {
        found.clear();
        List<String> values = by == StatisticsDimension.CATEGORY ? categories(message) : message.values();
        Provider provider = by.perProvider() ? message.provider() : null;
        for (String value : values) {
            find(new StatisticsGroup(provider, value), by);
        }
        if (values.isEmpty()) {
            find(NONE, by);
        }
    }

    private List<String> categories(CountedMessage message) {
        return message.values().stream()
                .map(code -> catalogue.category(message.provider(), code).word())
                .distinct()
                .toList();
    }

    private void find(StatisticsGroup group, StatisticsDimension by) throws TooManyGroups {
        MessageFigures figures = groups.get(group);
        if (figures == null) {
            if (groups.size() >= MOST_GROUPS) {
                throw new TooManyGroups(by);
            }
            figures = new MessageFigures();
            groups.put(group, figures);
        }
        found.add(figures);
    }
}
