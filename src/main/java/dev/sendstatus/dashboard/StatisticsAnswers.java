package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.query.Statistics;
import dev.sendstatus.query.StatisticsDocument;
import dev.sendstatus.query.StatisticsQuestion;
import dev.sendstatus.query.TooManyGroups;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Statistics as {@code GET /v1/stats} answers them. Those of a busy day take more than a second, and a person looks at them from several
 * sides, so each answer is kept for ten seconds. One is counted at a time. Any thread.
 */
final class StatisticsAnswers {
    private static final Duration GOOD_FOR = Duration.ofSeconds(10);
    private static final int WAIT_SECONDS = 10;
    /** A group takes some thousand bytes. */
    private static final int MOST_GROUPS = 10_000;

    private final ReentrantLock counting = new ReentrantLock(true);
    private final Map<Parameters, Kept> answers = new LinkedHashMap<>();

    /** Those of the API, as they were written; null where nothing was. */
    record Parameters(
            @Nullable String since,
            @Nullable String until,
            @Nullable String by) {}

    private record Kept(JsonNode answer, Instant at) {
        boolean good(Instant now) {
            return Duration.between(at, now).abs().compareTo(GOOD_FOR) < 0;
        }
    }

    /**
     * The answer as of a moment that is at most ten seconds ago.
     *
     * @throws StoreException.Unavailable if others are counted for ten seconds
     */
    JsonNode find(Api api, Parameters asked, Instant now) throws StoreException, WrongParameter {
        boolean free;
        try {
            free = counting.tryLock(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            free = false;
        }
        if (!free) {
            throw new StoreException.Unavailable("other statistics are being counted", null);
        }
        try {
            answers.values().removeIf(kept -> !kept.good(now));
            Kept known = answers.get(asked);
            if (known == null) {
                known = new Kept(count(api, asked, now), now);
                answers.put(asked, known);
                forget();
            }
            return known.answer();
        } finally {
            counting.unlock();
        }
    }

    private static JsonNode count(Api api, Parameters asked, Instant now) throws StoreException, WrongParameter {
        StatisticsQuestion question =
                StatisticsQuestion.of(asked.since(), asked.until(), asked.by(), api.document(), api.limits(), now);
        try {
            return StatisticsDocument.of(Statistics.of(question, api.reads()));
        } catch (TooManyGroups e) {
            throw new WrongParameter(String.valueOf(e.getMessage()));
        }
    }

    /** The oldest answers, where all together are too large; the newest stays. */
    private void forget() {
        int groups = answers.values().stream()
                .mapToInt(kept -> kept.answer().path("groups").size())
                .sum();
        Iterator<Kept> oldest = answers.values().iterator();
        for (int left = answers.size(); left > 1 && groups > MOST_GROUPS; left--) {
            groups -= oldest.next().answer().path("groups").size();
            oldest.remove();
        }
    }
}
