package dev.sendstatus.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.store.StuckFlag.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A message that was stuck and got its end after all.
 *
 * @param from the sender; null if unknown
 * @param dueAt when it became stuck
 * @param ending never {@link Ending#NEVER_REPORTED}
 * @param endedAt when the provider says that it ended
 */
public record ResolvedItem(
        @JsonUnwrapped @JsonProperty("unwrapped") AccountName account,
        String id,
        @JsonSetter(nulls = Nulls.SET) @Nullable String from,
        Instant waitingSince,
        Instant dueAt,
        Ending ending,
        Instant endedAt) {

    static final Comparator<ResolvedItem> FIRST_ENDED_FIRST =
            Comparator.comparing(ResolvedItem::endedAt).thenComparing(ResolvedItem::message);

    public MessageKey message() {
        return new MessageKey(account.provider(), id);
    }

    /** How long it was stuck; 0 where the provider dates its end before that, so that only the report of it was late. */
    @JsonProperty("lateness_seconds")
    public long latenessSeconds() {
        return Math.max(0, Duration.between(dueAt, endedAt).toSeconds());
    }
}
