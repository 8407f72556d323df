package dev.sendstatus.query;

import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Registration;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.store.MessageCounter;
import dev.sendstatus.store.MessageTimes;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts messages, all together and in groups. A message counts once in each group that it belongs to: one with two tags in both of
 * these, one without any in the group of those that have none. One thread.
 */
public final class Statistics implements MessageCounter<TooManyGroups> {
    /** A group takes some hundred bytes, and its latencies more. */
    private static final int MOST_GROUPS = 10_000;

    private final StatisticsQuestion question;
    private final MessageErrors errors;
    private final MessageFigures total = new MessageFigures();
    private final Map<StatisticsGroup, MessageFigures> groups = new HashMap<>();
    /** The groups of the message that is being counted. */
    private final List<MessageFigures> found = new ArrayList<>();

    public Statistics(StatisticsQuestion question) {
        this.question = question;
        this.errors = new MessageErrors(question.document().catalogue());
    }

    /** All that the question asks for, as it is at one moment. */
    public static Statistics of(StatisticsQuestion question, Reads reads) throws StoreException, TooManyGroups {
        Statistics statistics = new Statistics(question);
        reads.count(question.since(), question.until(), statistics);
        return statistics;
    }

    /** Counts a message; whether it is of the time that is asked for was seen to before. */
    @Override
    public void message(StoredMessage message) throws TooManyGroups {
        MessageState state = message.state();
        MessageFacts facts = facts(state, message);
        findGroups(state, state.firstEventAt());
        count(facts, state.latencyMillis());
    }

    /** Counts messages that have all but their times in common, so that what they mean is found out once. */
    @Override
    public void alike(StoredMessage one, MessageTimes times) throws TooManyGroups {
        MessageState state = MessageState.of(one.history());
        MessageFacts facts = facts(state, one);
        StatisticsDimension by = question.by();
        boolean perTime = by != null && by.time();
        for (int i = 0; i < times.size(); i++) {
            if (perTime || i == 0) {
                findGroups(state, times.firstEventAt(i));
            }
            count(facts, times.latencyMillis(i));
        }
    }

    private MessageFacts facts(MessageState state, StoredMessage message) {
        return MessageFacts.of(
                state, message, question.document().unconfirmedStatus(), errors, question.limits(), question.now());
    }

    private void count(MessageFacts facts, long latencyMillis) {
        total.add(facts, latencyMillis);
        for (MessageFigures group : found) {
            group.add(facts, latencyMillis);
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

    private void findGroups(MessageState state, Instant firstEventAt) throws TooManyGroups {
        found.clear();
        StatisticsDimension by = question.by();
        if (by == null) {
            return;
        }
        Registration registration = state.registration();
        Provider provider = state.message().provider();
        switch (by) {
            case PROVIDER -> find(null, provider.word());
            case ACCOUNT -> find(provider, state.account().name());
            case FROM -> find(null, state.from());
            case CAMPAIGN -> find(null, registration == null ? null : registration.campaign());
            case TAG -> findEach(null, registration == null ? List.of() : registration.tags());
            case LINK_DOMAIN -> findEach(null, registration == null ? List.of() : registration.linkDomains());
            case CARRIER, ERROR_CODE, CATEGORY -> findOfRecipients(state, by);
            case HOUR -> find(null, start(firstEventAt, ChronoUnit.HOURS));
            case DAY -> find(null, start(firstEventAt, ChronoUnit.DAYS));
        }
    }

    private static String start(Instant time, ChronoUnit unit) {
        return time.truncatedTo(unit).toString();
    }

    private void findOfRecipients(MessageState state, StatisticsDimension by) throws TooManyGroups {
        Provider provider = by.perProvider() ? state.message().provider() : null;
        if (state.recipients().size() == 1) {
            String value = of(state, state.recipients().get(0), by);
            find(value == null ? null : provider, value);
            return;
        }
        Set<String> values = new HashSet<>();
        for (RecipientState recipient : state.recipients()) {
            String value = of(state, recipient, by);
            if (value != null) {
                values.add(value);
            }
        }
        findEach(provider, values);
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

    private void findEach(@Nullable Provider provider, Iterable<String> values) throws TooManyGroups {
        for (String value : values) {
            find(provider, value);
        }
        if (found.isEmpty()) {
            find(null, null);
        }
    }

    private void find(@Nullable Provider provider, @Nullable String value) throws TooManyGroups {
        StatisticsGroup group = new StatisticsGroup(provider, value);
        MessageFigures figures = groups.get(group);
        if (figures == null) {
            StatisticsDimension by = question.by();
            if (by != null && groups.size() >= MOST_GROUPS) {
                throw new TooManyGroups(by, MOST_GROUPS);
            }
            figures = new MessageFigures();
            groups.put(group, figures);
        }
        found.add(figures);
    }
}
