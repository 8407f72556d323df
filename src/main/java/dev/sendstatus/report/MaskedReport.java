package dev.sendstatus.report;

import dev.sendstatus.text.MaskedNumbers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report in which of every number, the senders' too, only the last four digits are left. */
final class MaskedReport {
    private MaskedReport() {}

    static StuckReport of(StuckReport report) {
        StuckGroups groups = report.groups();
        return new StuckReport(
                report.date(),
                report.asOf(),
                report.since(),
                report.madeAt(),
                report.timeZone(),
                report.limits(),
                report.totalDayBefore(),
                new StuckGroups(
                        groups.byProvider(),
                        groups.byAccount(),
                        groups.bySender().stream()
                                .map(one -> new Group(
                                        MaskedNumbers.address(one.key()),
                                        MaskedNumbers.address(one.label()),
                                        one.count()))
                                .toList(),
                        groups.byAge(),
                        groups.byReason()),
                report.newlyStuck(),
                new ResolvedLate(
                        report.resolvedLate().byEnding(),
                        report.resolvedLate().medianLatenessSeconds(),
                        report.resolvedLate().maxLatenessSeconds(),
                        report.resolvedLate().messages().stream()
                                .map(MaskedReport::masked)
                                .toList()),
                new NeverReported(masked(report.neverReported().messages())),
                masked(report.stuck()),
                report.silent());
    }

    private static List<StuckItem> masked(List<StuckItem> items) {
        return items.stream()
                .map(item -> new StuckItem(
                        item.account(),
                        item.id(),
                        masked(item.from()),
                        item.to().stream().map(MaskedNumbers::address).toList(),
                        item.waitingSince(),
                        item.ageSeconds(),
                        item.providerStatus(),
                        item.reason()))
                .toList();
    }

    private static ResolvedItem masked(ResolvedItem item) {
        return new ResolvedItem(
                item.account(),
                item.id(),
                masked(item.from()),
                item.waitingSince(),
                item.dueAt(),
                item.ending(),
                item.endedAt());
    }

    private static @Nullable String masked(@Nullable String address) {
        return address == null ? null : MaskedNumbers.address(address);
    }
}
