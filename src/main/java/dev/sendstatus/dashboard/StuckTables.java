package dev.sendstatus.dashboard;

import dev.sendstatus.query.ParameterText;
import dev.sendstatus.report.AgeBucket;
import dev.sendstatus.report.Group;
import dev.sendstatus.report.ReportPage;
import dev.sendstatus.report.ResolvedItem;
import dev.sendstatus.report.StuckItem;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A report of stuck messages, of now or of one day, as parts of a page. The sentences are those of the report itself.
 *
 * @param words the sentences of the report
 * @param figures how many are stuck, and what changed
 * @param more which rows are left out; empty if none are
 */
public record StuckTables(
        ReportPage words,
        List<Figure> figures,
        Grid accounts,
        Grid senders,
        Grid ages,
        Grid stuck,
        String more,
        Grid resolved,
        Grid neverReported) {

    private static final Place STUCK = Place.of(MessagesPage.PATH).with("stuck", "true");
    static final String ALL = STUCK.url();

    private static final int MOST_ROWS = 200;
    private static final int MOST_GROUPS = 20;

    /** A report of a day. Its counts have no lists, since a message that was stuck then may not be stuck now. */
    static StuckTables kept(StuckReport report, Instant now) {
        return of(report, false, item -> null, now);
    }

    /** The messages that are stuck now. @param usual the share of such messages that had their end by now; null where that is not known */
    static StuckTables live(StuckReport report, Function<StuckItem, @Nullable String> usual, Instant now) {
        return of(report, true, usual, now);
    }

    private static StuckTables of(
            StuckReport report, boolean live, Function<StuckItem, @Nullable String> usual, Instant now) {
        int left = report.stuck().size() - MOST_ROWS;
        return new StuckTables(
                ReportPage.of(report),
                figures(report, live),
                groups(
                        "accounts",
                        "Account",
                        report.groups().byAccount(),
                        live ? StuckTables::ofAccount : group -> null),
                groups(
                        "senders",
                        "Sender",
                        report.groups().bySender(),
                        live ? group -> ofSender(group, report.groups().bySender()) : group -> null),
                groups(
                        "ages",
                        "Age",
                        report.groups().byAge().stream()
                                .sorted(Comparator.comparing(
                                        group -> AgeBucket.valueOf(group.key().toUpperCase(Locale.ROOT))))
                                .toList(),
                        group -> null),
                items("stuck", "What is stuck, the oldest first", report.stuck(), live, usual, now),
                left <= 0 ? "" : "And " + Figures.messages(left) + " more: the CSV and JSON forms have all of them.",
                resolved(report.resolvedLate().messages(), now),
                items(
                        "given-up",
                        "Given up, the oldest first",
                        report.neverReported().messages(),
                        false,
                        usual,
                        now));
    }

    private static List<Figure> figures(StuckReport report, boolean live) {
        return List.of(
                new Figure(
                        Figures.number(report.total()),
                        "stuck",
                        "",
                        live ? ALL : null,
                        report.total() == 0 ? Badge.Kind.GOOD : Badge.Kind.WARNING),
                plain(report.newlyStuck(), "newly stuck"),
                plain(report.resolvedLate().count(), "resolved late"),
                plain(report.neverReported().count(), "given up as never reported"));
    }

    private static Figure plain(long number, String label) {
        return new Figure(Figures.number(number), label, "", null, Badge.Kind.PLAIN);
    }

    private static @Nullable String ofAccount(Group group) {
        int slash = group.key().indexOf('/');
        return STUCK.with("provider", group.key().substring(0, slash))
                .with("account", group.key().substring(slash + 1))
                .url();
    }

    private static @Nullable String ofSender(Group group, List<Group> all) {
        return new SenderNames(all.stream().map(Group::key).toList()).exact(group.key())
                ? STUCK.with("from", group.key()).url()
                : null;
    }

    private static Grid groups(String id, String title, List<Group> groups, Function<Group, @Nullable String> href) {
        return new Columns<>(first(MOST_GROUPS, groups), Instant.EPOCH)
                .text(title, Group::label)
                .add(Grid.Column.number("Messages"), group -> Grid.Cell.number(group.count(), href.apply(group)))
                .grid(id, "By " + title);
    }

    private static <T> List<T> first(int most, List<T> all) {
        return all.subList(0, Math.min(most, all.size()));
    }

    private static Grid items(
            String id,
            String caption,
            List<StuckItem> items,
            boolean live,
            Function<StuckItem, @Nullable String> usual,
            Instant now) {
        Columns<StuckItem> columns = new Columns<>(first(MOST_ROWS, items), now)
                .moment(new Grid.Column("Waiting since", false, "ascending", null), StuckItem::waitingSince);
        if (live) {
            columns.text("Of such had their end", item -> Objects.requireNonNullElse(usual.apply(item), "not known"));
        } else {
            columns.text("Age", item -> Figures.duration(item.ageSeconds()));
        }
        return columns.link("Id", item -> item.message().id(), item -> MessageWords.href(item.message()))
                .text("To", item -> String.join(", ", item.to()))
                .text("From", StuckItem::from)
                .text("Account", item -> item.account().toString())
                .text("Provider's word", StuckItem::providerStatus)
                .text("Reason", item -> item.reason().text())
                .grid(id, caption);
    }

    private static Grid resolved(List<ResolvedItem> items, Instant now) {
        return new Columns<>(first(MOST_ROWS, items), now)
                .moment(new Grid.Column("Ended", false, "ascending", null), ResolvedItem::endedAt)
                .text("Late by", item -> Figures.duration(item.latenessSeconds()))
                .link("Id", item -> item.message().id(), item -> MessageWords.href(item.message()))
                .text("From", ResolvedItem::from)
                .text("Account", item -> item.account().toString())
                .text("How", item -> ParameterText.word(item.ending()).replace('_', ' '))
                .grid("resolved", "Resolved late");
    }
}
