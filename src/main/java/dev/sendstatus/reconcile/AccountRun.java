package dev.sendstatus.reconcile;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.provider.LookupTerms;
import dev.sendstatus.provider.LookupWindow;
import dev.sendstatus.provider.PageWalk;
import dev.sendstatus.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks about the stuck messages of one account with as few calls as its provider allows: lists where messages lie close together,
 * as long as a page finds more than one that is wanted; and one by one about the messages that no list had. One use, one thread.
 */
final class AccountRun {
    /** A message is registered, or first reported, about when the provider made it; queues can hold it before it is sent. */
    private static final Duration BEFORE = Duration.ofMinutes(5);

    private static final Duration AFTER = Duration.ofMinutes(30);
    /** For messages that are too old to be asked about one by one, a list may be this much longer than it is worth. */
    private static final int PAGES_FOR_OLD = 20;

    private final AccountQuestions questions;
    private final LookupTerms terms;
    private final Instant now;
    /** Not answered yet, those that wait longest first. */
    private final Map<MessageKey, Candidate> left = new LinkedHashMap<>();
    /** Those for which a list was asked that did not come whole: that it lacks them says nothing. */
    private final Set<MessageKey> notListed = new HashSet<>();

    private final PageWalk walk = new PageWalk();
    private final int total;

    AccountRun(AccountQuestions questions, Instant now, List<Candidate> candidates) {
        this.questions = questions;
        this.terms = questions.lookup().terms();
        this.now = now;
        this.total = candidates.size();
        candidates.forEach(candidate -> left.put(candidate.message(), candidate));
    }

    void run() throws StoreException, InterruptedException {
        List<Candidate> listable = left.values().stream()
                .filter(candidate -> candidate.isWithin(terms.listWithin(), now))
                .toList();
        for (List<Candidate> group : Candidate.groups(listable)) {
            list(around(group), group);
            if (questions.limiter().stopped() != null) {
                return;
            }
        }
        new OneByOne(questions, this::answered).ask(askable());
    }

    private LookupWindow around(List<Candidate> group) {
        Instant from = group.get(0).waitingSince().minus(BEFORE);
        Instant to = group.get(group.size() - 1).waitingSince().plus(AFTER);
        return new LookupWindow(from, to, false);
    }

    private void list(LookupWindow window, List<Candidate> group) throws StoreException, InterruptedException {
        String page = null;
        long pages = 0;
        long rows = 0;
        int found = 0;
        walk.begin();
        while (worthAPage(group)) {
            String next = page;
            LookupAnswer answer =
                    questions.limiter().ask(() -> questions.lookup().list(window, next));
            if (answer instanceof LookupAnswer.TooMany tooMany) {
                narrower(window, group, tooMany);
                return;
            }
            if (!(answer instanceof LookupAnswer.Found some)) {
                torn(group);
                return;
            }
            pages++;
            rows += some.rows();
            String obstacle = walk.obstacle(some.next(), content(some));
            if (obstacle != null) {
                questions
                        .counts()
                        .remark("from " + window.from() + " to " + window.to() + " not all was listed: " + obstacle);
                torn(group);
                return;
            }
            found += record(some);
            some.notUnderstood().forEach(questions.counts()::remark);
            page = some.next();
            if (page == null && rows < some.total()) {
                torn(group);
            }
            if (page == null || dearerThanOneByOne(some.total(), pages, found, group)) {
                return;
            }
        }
    }

    /** A list that does not come whole is no loss where each message can still be asked about by itself. */
    private void torn(List<Candidate> group) {
        group.forEach(candidate -> notListed.add(candidate.message()));
    }

    private boolean worthAPage(List<Candidate> group) {
        long open = open(group);
        return open > 1 || (open == 1 && worthOfOld(group) > 0);
    }

    private void narrower(LookupWindow window, List<Candidate> group, LookupAnswer.TooMany tooMany)
            throws StoreException, InterruptedException {
        if (tooMany.total() > 0 && pages(tooMany.total()) > open(group) + worthOfOld(group)) {
            return;
        }
        for (LookupWindow half : window.halves()) {
            List<Candidate> inside = group.stream()
                    .filter(candidate -> !candidate.waitingSince().isBefore(half.from())
                            && candidate.waitingSince().isBefore(half.to()))
                    .toList();
            if (questions.limiter().stopped() == null) {
                list(half, inside);
            }
        }
    }

    /** Whether the rest of a list has more pages than there are messages to find in it. */
    private boolean dearerThanOneByOne(long listed, long pages, int found, List<Candidate> group) {
        long worth = open(group) + worthOfOld(group);
        return listed >= 0 ? pages(listed) - pages > worth : pages > found + 1 + worthOfOld(group);
    }

    private long pages(long messages) {
        return (messages + terms.pageSize() - 1) / terms.pageSize();
    }

    private long open(List<Candidate> group) {
        return group.stream()
                .filter(candidate -> left.containsKey(candidate.message()))
                .count();
    }

    private int worthOfOld(List<Candidate> group) {
        boolean old = group.stream()
                .anyMatch(candidate ->
                        left.containsKey(candidate.message()) && !candidate.isWithin(terms.oneWithin(), now));
        return old ? PAGES_FOR_OLD : 0;
    }

    /** Takes the messages of a page that were asked about, and no others. @return how many messages that are */
    private int record(LookupAnswer.Found page) throws StoreException, InterruptedException {
        Map<MessageKey, List<DeliveryEvent>> byMessage = byMessage(page.events());
        int found = 0;
        for (Map.Entry<MessageKey, List<DeliveryEvent>> message : byMessage.entrySet()) {
            if (left.containsKey(message.getKey())) {
                questions.recorder().found(message.getKey(), message.getValue());
                answered(message.getKey());
                found++;
            }
        }
        return found;
    }

    /** The messages and recipients on a page, which tell it from others. */
    static List<String> content(LookupAnswer.Found page) {
        return page.events().stream()
                .map(event -> event.message().id() + " " + event.recipient())
                .toList();
    }

    static Map<MessageKey, List<DeliveryEvent>> byMessage(List<DeliveryEvent> events) {
        Map<MessageKey, List<DeliveryEvent>> byMessage = new LinkedHashMap<>();
        for (DeliveryEvent event : events) {
            byMessage
                    .computeIfAbsent(event.message(), key -> new ArrayList<>(1))
                    .add(event);
        }
        return byMessage;
    }

    private void answered(MessageKey message) {
        left.remove(message);
        questions.listener().at(total - left.size(), total);
    }

    /** The messages that can be asked about by their ids. The others are noted as too old. */
    private List<Candidate> askable() throws StoreException, InterruptedException {
        List<Candidate> askable = new ArrayList<>();
        for (Candidate candidate : List.copyOf(left.values())) {
            if (candidate.isWithin(terms.oneWithin(), now)) {
                askable.add(candidate);
            } else if (notListed.contains(candidate.message())) {
                questions.counts().asked++;
                questions.counts().failed++;
                questions
                        .counts()
                        .remark(
                                "the list of its time, by which alone so old a message can be found, did not come whole");
            } else {
                questions.recorder().tooOld(candidate.message());
                answered(candidate.message());
            }
        }
        return askable;
    }
}
