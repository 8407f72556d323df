package dev.sendstatus.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sendstatus.state.StuckLimits;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that were stuck at one instant, and the changes since another.
 *
 * @param date whose daily report it is; null for one as of now
 * @param asOf the instant that it speaks of
 * @param since from when on changes are counted: the instant of the report of the day before
 * @param madeAt when it was made; later than {@code asOf} where the program was down at that time
 * @param timeZone whose days these are
 * @param limits what counted as stuck
 * @param totalDayBefore how many the report of the day before had; null if there is none
 * @param newlyStuck how many came to be stuck since, whether or not they still are
 * @param neverReported the messages that were given up since
 * @param stuck oldest first
 * @param silent the accounts that nothing came for, by name
 */
@JsonPropertyOrder({
    "report",
    "date",
    "as_of",
    "since",
    "made_at",
    "time_zone",
    "thresholds",
    "total",
    "total_day_before",
    "difference",
    "groups",
    "silent",
    "newly_stuck",
    "resolved_late",
    "never_reported",
    "messages"
})
public record StuckReport(
        @Nullable LocalDate date,
        Instant asOf,
        Instant since,
        Instant madeAt,
        ZoneId timeZone,
        @JsonProperty("thresholds") StuckLimits limits,
        @Nullable Long totalDayBefore,
        @JsonUnwrapped StuckGroups groups,
        long newlyStuck,
        ResolvedLate resolvedLate,
        NeverReported neverReported,
        @JsonProperty("messages") List<StuckItem> stuck,
        List<SilentAccount> silent) {

    public StuckReport {
        stuck = List.copyOf(stuck);
        silent = List.copyOf(silent);
    }

    @JsonProperty("total")
    public int total() {
        return stuck.size();
    }

    /** The kind of the report in a document. */
    @JsonProperty("report")
    String kind() {
        return "stuck";
    }

    /** By how many the total grew since the day before; null if there is nothing to compare it with. */
    @JsonProperty("difference")
    public @Nullable Long difference() {
        return totalDayBefore == null ? null : total() - totalDayBefore;
    }
}
