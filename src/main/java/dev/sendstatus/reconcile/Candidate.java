package dev.sendstatus.reconcile;

import dev.sendstatus.event.MessageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message to ask about. @param waitingSince about when it was sent */
record Candidate(MessageKey message, Instant waitingSince) {
    /** Apart by more than this, two messages are not looked for in one list: the time between may hold any number of others. */
    private static final Duration GAP = Duration.ofHours(1);

    boolean isWithin(@Nullable Duration limit, Instant now) {
        return limit == null || !waitingSince.isBefore(now.minus(limit));
    }

    /** In groups that lie close together in time. @param candidates those that wait longest first */
    static List<List<Candidate>> groups(List<Candidate> candidates) {
        List<List<Candidate>> groups = new ArrayList<>();
        Instant last = Instant.MIN;
        List<Candidate> group = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (!group.isEmpty()
                    && Duration.between(last, candidate.waitingSince).compareTo(GAP) > 0) {
                groups.add(group);
                group = new ArrayList<>();
            }
            group.add(candidate);
            last = candidate.waitingSince;
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }
}
