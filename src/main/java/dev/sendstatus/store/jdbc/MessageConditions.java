package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.MessageFilter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A filter as conditions. One condition is chosen that an index answers in the order of ids, and is followed down from the newest; the
 * others are looked at with each message that it leads to. Where no index helps, all messages are followed down.
 */
final class MessageConditions {
    private static final Lead CONFLICT = new Lead("message m", "m.id", null, new Clause("m.conflict"), true);

    /** More codes of one category than this are looked for message by message. */
    private static final int MOST_LEADS = 100;

    private static final String SELECT_PROVIDERS = "SELECT DISTINCT provider FROM account";
    /** Each code once: from one straight to the next by the index. */
    static final String SELECT_CODES = """
            WITH RECURSIVE code(c) AS (
                SELECT min(error_code) FROM recipient WHERE error_code IS NOT NULL
                UNION ALL
                SELECT (SELECT min(error_code) FROM recipient WHERE error_code > c) FROM code WHERE c IS NOT NULL)
            SELECT c FROM code WHERE c IS NOT NULL""";

    private final Session session;
    /** How many messages may be sorted. */
    private final long work;

    private final List<Clause> others = new ArrayList<>();
    private List<Lead> leads = List.of(Lead.ALL);

    /** @param work {@link Long#MAX_VALUE} to find all messages by one statement */
    MessageConditions(Session session, MessageFilter filter, long work) throws SQLException {
        this.session = session;
        this.work = work;
        // The most selective ones first.
        given(filter.reference(), reference -> among(Lead.message("m.reference", reference)));
        given(filter.to(), this::addRecipient);
        given(filter.conflict(), wanted -> addFlag(wanted, CONFLICT, "NOT m.conflict"));
        given(filter.stuck(), this::addStuck);
        given(
                filter.unconfirmed(),
                wanted -> addFlag(wanted, progress(Progress.UNCONFIRMED), "m.progress <> 'unconfirmed'"));
        given(filter.errorCode(), code -> among(Lead.recipient("r.error_code", code)));
        given(filter.category(), this::addCategory);
        given(filter.tag(), tag -> among(new Lead("message_tag t", "t.message_id", "t.tag", tag)));
        given(
                filter.linkDomain(),
                domain -> among(new Lead("message_link_domain d", "d.message_id", "d.link_domain", domain)));
        given(filter.campaign(), campaign -> among(Lead.message("m.campaign", campaign)));
        given(filter.toPrefix(), this::addRecipientPrefix);
        given(filter.fromPrefix(), this::addSenderPrefix);
        given(filter.from(), this::addSender);
        given(filter.status(), status -> addStatus(status, filter.unconfirmedStatus()));
        // No index answers these.
        given(filter.provider(), provider -> also("m.provider = ?", provider.word()));
        given(filter.account(), name -> also("m.account_id IN (SELECT id FROM account WHERE name = ?)", name));
        given(filter.direction(), direction -> also("m.direction = ?", Rows.word(direction)));
        given(
                filter.carrier(),
                carrier -> others.add(Lead.recipient("r.carrier", carrier).condition()));
        given(filter.since(), since -> also("m.first_event_at >= ?", Rows.atOrAfter(since)));
        given(filter.until(), until -> also("m.first_event_at < ?", Rows.atOrAfter(until)));
        given(filter.sentSince(), since -> also("m.sent_at >= ?", Rows.atOrAfter(since)));
        given(filter.sentUntil(), until -> also("m.sent_at < ?", Rows.atOrAfter(until)));
    }

    /** Adds what is asked for. */
    @FunctionalInterface
    private interface Adding<T> {
        void add(T asked) throws SQLException;
    }

    private static <T> void given(@Nullable T asked, Adding<T> adding) throws SQLException {
        if (asked != null) {
            adding.add(asked);
        }
    }

    /** The rows of which one index, or an index for each, leads to the messages. */
    List<Lead> leads() {
        return leads;
    }

    /** Whether no index leads to the messages. */
    boolean all() {
        return leads.equals(List.of(Lead.ALL));
    }

    /** The conditions that are looked at with each message {@code m}. */
    List<Clause> others() {
        return others;
    }

    /** @param alternatives one of which has to hold */
    private void among(List<Lead> alternatives) throws SQLException {
        if (all() && fit(alternatives)) {
            leads = alternatives;
        } else {
            others.add(Clause.any(alternatives.stream().map(Lead::condition).toList()));
        }
    }

    private void among(Lead lead) throws SQLException {
        among(List.of(lead));
    }

    /** Whether they lead to messages in their order, or to so few that these can be sorted. */
    private boolean fit(List<Lead> alternatives) throws SQLException {
        for (Lead lead : alternatives) {
            if (!lead.ordered() && work < Long.MAX_VALUE) {
                Clause few = new Clause("SELECT count(*) FROM (SELECT 1 AS one FROM " + lead.table() + " WHERE ")
                        .then(lead.where())
                        .then(" LIMIT ?) AS few", work + 1);
                if (session.number(few.sql(), few.places()) > work) {
                    return false;
                }
            }
        }
        return alternatives.size() <= MOST_LEADS;
    }

    private void also(String sql, Object... values) {
        others.add(new Clause(sql, values));
    }

    private void addRecipient(Set<Recipient> to) throws SQLException {
        among(to.stream()
                .map(name -> Lead.recipient("r.address", name.address()))
                .toList());
    }

    private void addFlag(boolean wanted, Lead lead, String otherwise) throws SQLException {
        if (wanted) {
            among(lead);
        } else {
            also(otherwise);
        }
    }

    /** As {@link StuckLimits#stuck} says. */
    private void addStuck(MessageFilter.Stuck stuck) throws SQLException {
        long givenUp = stuck.asOf().minus(stuck.limits().giveUp()).toEpochMilli();
        List<Lead> waiting = new ArrayList<>();
        for (Map.Entry<Long, AccountName> account : Accounts.byNumber(session).entrySet()) {
            Instant due = stuck.asOf().minus(stuck.limits().thresholdOf(account.getValue()));
            waiting.add(Lead.messages(
                    "m.account_id = ? AND m.waiting_since > ? AND m.waiting_since <= ?",
                    account.getKey(),
                    givenUp,
                    due.toEpochMilli()));
        }
        if (waiting.isEmpty()) {
            also(stuck.wanted() ? "1 = 0" : "1 = 1");
            return;
        }
        Clause any = Clause.any(waiting.stream().map(Lead::condition).toList());
        if (!stuck.wanted()) {
            others.add(new Clause("(m.waiting_since IS NULL OR NOT ").then(any).then(")"));
        } else if (all() && fit(waiting)) {
            leads = waiting;
        } else {
            // So many, or beside a more selective condition: the open messages lead to them.
            among(List.of(progress(Progress.REGISTERED), progress(Progress.ACCEPTED), progress(Progress.SENT)));
            others.add(any);
        }
    }

    /** Of the codes that there are, those of the category. The same code may mean something else with another provider. */
    private void addCategory(BiPredicate<Provider, String> category) throws SQLException {
        List<String> codes = session.list(SELECT_CODES, row -> row.getString(1));
        Set<String> all = new TreeSet<>();
        List<Clause> perProvider = new ArrayList<>(List.of(new Clause("1 = 0")));
        for (String provider : session.list(SELECT_PROVIDERS, row -> row.getString(1))) {
            List<String> its = codes.stream()
                    .filter(code -> category.test(new Provider(provider), code))
                    .toList();
            if (!its.isEmpty()) {
                List<Object> values = new ArrayList<>(List.of(provider));
                values.addAll(its);
                perProvider.add(new Clause(
                        "m.provider = ? AND r.error_code IN (?" + ", ?".repeat(its.size() - 1) + ")", values));
                all.addAll(its);
            }
        }
        List<Lead> leadsOfCodes =
                all.stream().map(code -> Lead.recipient("r.error_code", code)).toList();
        if (!all.isEmpty() && all() && fit(leadsOfCodes)) {
            leads = leadsOfCodes;
        }
        others.add(Lead.recipients(Clause.any(perProvider)).condition());
    }

    private void addRecipientPrefix(String prefix) throws SQLException {
        among(List.of(addressed(prefix), addressed("+" + prefix)));
    }

    private void addSenderPrefix(String prefix) throws SQLException {
        List<Lead> senders = new ArrayList<>(List.of(sent(prefix, ""), sent("+" + prefix, "")));
        if (prefix.startsWith("+")) {
            // A sender is stored as it was sent, a number maybe without its plus.
            senders.add(sent(
                    prefix.substring(1),
                    " AND length(m.sender) BETWEEN 11 AND 15 AND ltrim(m.sender, '0123456789') = ''"));
        }
        among(senders);
    }

    /** The empty address is that of a recipient nobody has named. */
    private static Lead addressed(String prefix) {
        return Lead.recipients(
                new Clause("r.address >= ? AND r.address < ? AND r.address <> ''", prefix, prefix + MessageQuery.LAST));
    }

    private static Lead sent(String prefix, String also) {
        return Lead.messages("m.sender >= ? AND m.sender < ?" + also, prefix, prefix + MessageQuery.LAST);
    }

    /** A sender is stored as it was sent, a number maybe without its plus. */
    private void addSender(Set<Recipient> from) throws SQLException {
        List<Lead> forms = new ArrayList<>();
        for (Recipient sender : from) {
            forms.add(Lead.message("m.sender", sender.address()));
            String other = sender.address().substring(1);
            if (!other.isEmpty() && new Recipient(other).equals(sender)) {
                forms.add(Lead.message("m.sender", other));
            }
        }
        among(forms);
    }

    private void addStatus(SendStatus status, SendStatus ofUnconfirmed) throws SQLException {
        List<Lead> shown = Arrays.stream(Progress.values())
                .filter(progress -> status == (progress == Progress.UNCONFIRMED ? ofUnconfirmed : progress.status()))
                .map(MessageConditions::progress)
                .toList();
        if (status == SendStatus.DELIVERED) {
            others.add(Clause.any(shown.stream().map(Lead::condition).toList()));
        } else {
            among(shown);
        }
    }

    private static Lead progress(Progress progress) {
        return Lead.message("m.progress", Rows.word(progress));
    }
}
