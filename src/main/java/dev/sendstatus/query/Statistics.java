package dev.sendstatus.query;

import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Registration;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts messages, all together and in groups. A message counts once in each group that it belongs to: one with two tags in both of
 * these, one without any in the group of those that have none. One thread; what several have counted is added up.
 */
public final class Statistics {
    /** A group takes some hundred bytes, and its latencies more. */
    private static final int MOST_GROUPS = 10_000;

    private final StatisticsQuestion question;
    private final MessageErrors errors;
    private final MessageFigures total = new MessageFigures();
    private final Map<StatisticsGroup, MessageFigures> groups = new HashMap<>();

    public Statistics(StatisticsQuestion question) {
        this.question = question;
        this.errors = new MessageErrors(question.document().catalogue());
    }

    /** All that the question asks for, as it is at one moment. */
    public static Statistics of(StatisticsQuestion question, Reads reads) throws StoreException, TooManyGroups {
        MessageFilter filter = new MessageFilter.Builder()
                .between(question.since(), question.until())
                .build();
        Statistics statistics = new Statistics(question);
        try (MessageScan scan = reads.scan(filter)) {
            for (StoredMessage message = scan.next(); message != null; message = scan.next()) {
                statistics.add(message);
            }
        }
        return statistics;
    }

    /** Counts a message; whether it is of the time that is asked for was seen to before. */
    public void add(StoredMessage message) throws TooManyGroups {
        MessageState state = MessageState.of(message.history());
        MessageFacts facts = MessageFacts.of(
                state, message, question.document().unconfirmedStatus(), errors, question.limits(), question.now());
        total.add(facts);
        StatisticsDimension by = question.by();
        if (by != null) {
            group(state, facts, by);
        }
    }

    /** Adds what another one has counted for the same question; that one is of no use afterwards. */
    public void addAll(Statistics other) throws TooManyGroups {
        total.addAll(other.total);
        for (Map.Entry<StatisticsGroup, MessageFigures> entry : other.groups.entrySet()) {
            figures(entry.getKey()).addAll(entry.getValue());
        }
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

    private void group(MessageState state, MessageFacts facts, StatisticsDimension by) throws TooManyGroups {
        Registration registration = state.registration();
        Provider provider = state.message().provider();
        switch (by) {
            case PROVIDER -> count(null, provider.word(), facts);
            case ACCOUNT -> count(provider, state.account().name(), facts);
            case FROM -> count(null, state.from(), facts);
            case CAMPAIGN -> count(null, registration == null ? null : registration.campaign(), facts);
            case TAG -> each(null, registration == null ? List.of() : registration.tags(), facts);
            case LINK_DOMAIN -> each(null, registration == null ? List.of() : registration.linkDomains(), facts);
            case CARRIER, ERROR_CODE, CATEGORY -> ofRecipients(state, facts, by);
            case HOUR -> count(null, start(state.firstEventAt(), ChronoUnit.HOURS), facts);
            case DAY -> count(null, start(state.firstEventAt(), ChronoUnit.DAYS), facts);
        }
    }

    private static String start(Instant time, ChronoUnit unit) {
        return time.truncatedTo(unit).toString();
    }

    private void ofRecipients(MessageState state, MessageFacts facts, StatisticsDimension by) throws TooManyGroups {
        Provider provider = by.perProvider() ? state.message().provider() : null;
        if (state.recipients().size() == 1) {
            String value = of(state, state.recipients().get(0), by);
            count(value == null ? null : provider, value, facts);
            return;
        }
        Set<String> values = new HashSet<>();
        for (RecipientState recipient : state.recipients()) {
            String value = of(state, recipient, by);
            if (value != null) {
                values.add(value);
            }
        }
        each(provider, values, facts);
    }

    private @Nullable String of(MessageState state, RecipientState recipient, StatisticsDimension by) {
        return switch (by) {
            case CARRIER -> recipient.carrier();
            case ERROR_CODE -> recipient.errorCode();
            default ->
                errors.of(state, recipient)
                        .map(ErrorMeaning::category)
                        .map(category -> category.word())
                        .orElse(null);
        };
    }

    private void each(@Nullable Provider provider, Iterable<String> values, MessageFacts facts) throws TooManyGroups {
        boolean none = true;
        for (String value : values) {
            count(provider, value, facts);
            none = false;
        }
        if (none) {
            count(null, null, facts);
        }
    }

    private void count(@Nullable Provider provider, @Nullable String value, MessageFacts facts) throws TooManyGroups {
        figures(new StatisticsGroup(provider, value)).add(facts);
    }

    private MessageFigures figures(StatisticsGroup group) throws TooManyGroups {
        MessageFigures figures = groups.get(group);
        if (figures == null) {
            StatisticsDimension by = question.by();
            if (by != null && groups.size() >= MOST_GROUPS) {
                throw new TooManyGroups(by, MOST_GROUPS);
            }
            figures = new MessageFigures();
            groups.put(group, figures);
        }
        return figures;
    }
}
