package dev.sendstatus.report;

import java.util.List;
import java.util.Objects;

/** The same stuck messages, counted in five ways; each list has the greatest group first. */
public record StuckGroups(
        List<Group> byProvider, List<Group> byAccount, List<Group> bySender, List<Group> byAge, List<Group> byReason) {

    public StuckGroups {
        byProvider = List.copyOf(byProvider);
        byAccount = List.copyOf(byAccount);
        bySender = List.copyOf(bySender);
        byAge = List.copyOf(byAge);
        byReason = List.copyOf(byReason);
    }

    static StuckGroups of(List<StuckItem> items) {
        return new StuckGroups(
                Group.by(
                        items,
                        item -> item.account().provider().word(),
                        item -> ReportWords.provider(item.account().provider())),
                Group.by(
                        items,
                        item -> item.account().toString(),
                        item -> item.account().toString()),
                Group.by(
                        items,
                        item -> Objects.requireNonNullElse(item.from(), ""),
                        item -> Objects.requireNonNullElse(item.from(), "unknown sender")),
                Group.by(
                        items,
                        item -> AgeBucket.of(item.ageSeconds()).word(),
                        item -> AgeBucket.of(item.ageSeconds()).text()),
                Group.by(
                        items,
                        item -> item.reason().word(),
                        item -> item.reason().text()));
    }
}
