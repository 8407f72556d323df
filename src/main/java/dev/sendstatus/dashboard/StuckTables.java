package dev.sendstatus.dashboard;

import dev.sendstatus.query.ParameterText;
import dev.sendstatus.report.AgeBucket;
import dev.sendstatus.report.Group;
import dev.sendstatus.report.ReportSentences;
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
 * @param usual the share of such messages that had their end by now, null where that is not known; null for the report of a day. The counts of
 *     such a report have no lists, since a message that was stuck then may not be stuck now
 */
public record StuckTables(StuckReport report, @Nullable Function<StuckItem, @Nullable String> usual, Instant now) {
    private static final Place STUCK = Place.of(MessagesPage.PATH).with("stuck", "true");
    static final String ALL = STUCK.url();

    private static final int MOST_ROWS = 200;
    private static final int MOST_GROUPS = 20;

    public ReportSentences words() {
        return new ReportSentences(report);
    }

    /** How many are stuck, and what changed. */
    public List<Figure> figures() {
        return List.of(
                new Figure(
                        Figures.number(report.total()),
                        "stuck",
                        "",
                        usual == null ? null : ALL,
                        report.total() == 0 ? Badge.Kind.GOOD : Badge.Kind.WARNING),
                plain(report.newlyStuck(), "newly stuck"),
                plain(report.resolvedLate().count(), "resolved late"),
                plain(report.neverReported().count(), "given up as never reported"));
    }

    private static Figure plain(long number, String label) {
        return new Figure(Figures.number(number), label, "", null, Badge.Kind.PLAIN);
    }

    public Grid accounts() {
        return groups("accounts", "Account", report.groups().byAccount(), group -> {
            String[] parts = group.key().split("/", 2);
            return STUCK.with("provider", parts[0]).with("account", parts[1]).url();
        });
    }

    public Grid senders() {
        List<Group> groups = report.groups().bySender();
        SenderNames names = new SenderNames(groups.stream().map(Group::key).toList());
        return groups(
                "senders",
                "Sender",
                groups,
                group -> names.exact(group.key())
                        ? STUCK.with("from", group.key()).url()
                        : null);
    }

    public Grid ages() {
        List<Group> groups = report.groups().byAge().stream()
                .sorted(Comparator.comparing(
                        group -> AgeBucket.valueOf(group.key().toUpperCase(Locale.ROOT))))
                .toList();
        return groups("ages", "Age", groups, group -> null);
    }

    private Grid groups(String id, String title, List<Group> groups, Function<Group, @Nullable String> href) {
        return new Columns<>(first(MOST_GROUPS, groups), Instant.EPOCH)
                .text(title, Group::label)
                .add(
                        Grid.Column.number("Messages"),
                        group -> Grid.Cell.number(group.count(), usual == null ? null : href.apply(group)))
                .grid(id, "By " + title);
    }

    private static <T> List<T> first(int most, List<T> all) {
        return all.subList(0, Math.min(most, all.size()));
    }

    public Grid stuck() {
        return items("stuck", "What is stuck, the oldest first", report.stuck(), usual);
    }

    /** Which rows are left out; empty if none are. */
    public String more() {
        int left = report.total() - MOST_ROWS;
        return left <= 0 ? "" : "And " + Figures.messages(left) + " more: the CSV and JSON forms have all of them.";
    }

    public Grid neverReported() {
        return items(
                "given-up", "Given up, the oldest first", report.neverReported().messages(), null);
    }

    private Grid items(
            String id, String caption, List<StuckItem> items, @Nullable Function<StuckItem, @Nullable String> share) {
        Columns<StuckItem> columns = new Columns<>(first(MOST_ROWS, items), now)
                .moment(new Grid.Column("Waiting since", false, "ascending", null), StuckItem::waitingSince);
        if (share != null) {
            columns.text("Of such had their end", item -> Objects.requireNonNullElse(share.apply(item), "not known"));
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

    public Grid resolved() {
        return new Columns<>(first(MOST_ROWS, report.resolvedLate().messages()), now)
                .moment(new Grid.Column("Ended", false, "ascending", null), ResolvedItem::endedAt)
                .text("Late by", item -> Figures.duration(item.latenessSeconds()))
                .link("Id", item -> item.message().id(), item -> MessageWords.href(item.message()))
                .text("From", ResolvedItem::from)
                .text("Account", item -> item.account().toString())
                .text("How", item -> ParameterText.word(item.ending()).replace('_', ' '))
                .grid("resolved", "Resolved late");
    }
}
