package dev.sendstatus.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that were stuck and whose end was reported after all.
 *
 * @param byEnding how they ended
 * @param medianLatenessSeconds null if there are none; of an even number the lower of the two in the middle
 * @param maxLatenessSeconds null if there are none
 * @param messages the first to end first
 */
@JsonPropertyOrder("count")
public record ResolvedLate(
        List<Group> byEnding,
        @Nullable Long medianLatenessSeconds,
        @Nullable Long maxLatenessSeconds,
        List<ResolvedItem> messages) {

    public ResolvedLate {
        byEnding = List.copyOf(byEnding);
        messages = List.copyOf(messages);
    }

    static ResolvedLate of(List<ResolvedItem> items) {
        List<ResolvedItem> sorted =
                items.stream().sorted(ResolvedItem.FIRST_ENDED_FIRST).toList();
        List<Group> byEnding =
                Group.by(sorted, item -> ReportWords.key(item.ending()), item -> ReportWords.text(item.ending()));
        if (sorted.isEmpty()) {
            return new ResolvedLate(byEnding, null, null, sorted);
        }
        List<Long> lateness =
                sorted.stream().map(ResolvedItem::latenessSeconds).sorted().toList();
        return new ResolvedLate(
                byEnding, lateness.get((lateness.size() - 1) / 2), lateness.get(lateness.size() - 1), sorted);
    }

    @JsonProperty("count")
    public int count() {
        return messages.size();
    }
}
