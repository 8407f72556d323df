package dev.sendstatus.store.postgres;

import dev.sendstatus.event.SendStatus;
import dev.sendstatus.store.CodeGroup;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.Milliseconds;
import dev.sendstatus.store.merge.Facet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the index can say of a filter; the filter itself decides.
 *
 * @param all every one of these facets; empty for no condition
 * @param status one of these at least; null for no condition
 * @param sent open, or one of these at least; null for no condition
 * @param codes one of these at least; null for no condition
 * @param since of the first event, in milliseconds, inclusive
 * @param until exclusive
 */
record Conditions(
        List<Long> all,
        @Nullable List<Long> status,
        @Nullable List<Long> sent,
        @Nullable List<Long> codes,
        long since,
        long until) {

    static Conditions of(MessageFilter filter) {
        List<Long> all = new ArrayList<>();
        add(all, Facet.TO, filter.to() == null ? null : filter.to().address());
        add(all, Facet.REFERENCE, filter.reference());
        add(all, Facet.CAMPAIGN, filter.campaign());
        add(all, Facet.TAG, filter.tag());
        add(all, Facet.LINK_DOMAIN, filter.linkDomain());
        add(all, Facet.ACCOUNT, filter.account());
        add(
                all,
                Facet.PROVIDER,
                filter.provider() == null ? null : filter.provider().word());
        add(all, Facet.ERROR_CODE, filter.errorCode());
        if (filter.from() != null) {
            all.add(Facet.SENDER.ofAddress(filter.from().address()));
        }
        if (Boolean.TRUE.equals(filter.unconfirmed())) {
            all.add(Facet.UNCONFIRMED.value());
        }
        if (Boolean.TRUE.equals(filter.conflict())) {
            all.add(Facet.CONFLICT.value());
        }
        CodeGroup category = filter.category();
        if (category != null && category.texts().isEmpty()) {
            all.add(Facet.ANY_ERROR_CODE.value());
        }
        return new Conditions(
                all,
                status(filter),
                sent(filter),
                category == null || category.texts().isEmpty() ? null : codes(category),
                filter.since() == null ? Long.MIN_VALUE : filter.since().toEpochMilli(),
                filter.until() == null ? Long.MAX_VALUE : Milliseconds.atOrAfter(filter.until()));
    }

    private static void add(List<Long> all, Facet facet, @Nullable String text) {
        if (text != null) {
            all.add(facet.value(text));
        }
    }

    private static @Nullable List<Long> status(MessageFilter filter) {
        if (filter.status() != SendStatus.ERROR) {
            return null;
        }
        return filter.unconfirmedStatus() == SendStatus.ERROR
                ? List.of(Facet.STATUS_ERROR.value(), Facet.UNCONFIRMED.value())
                : List.of(Facet.STATUS_ERROR.value());
    }

    private static List<Long> codes(CodeGroup category) {
        return category.texts().stream().map(Facet.ERROR_CODE::value).toList();
    }

    /** Whether the index can say nothing: the messages are then gone through from the newest on. */
    boolean none() {
        return all.isEmpty()
                && status == null
                && sent == null
                && codes == null
                && since == Long.MIN_VALUE
                && until == Long.MAX_VALUE;
    }

    /** The facets of messages that are shown as SENT and are not open. */
    private static @Nullable List<Long> sent(MessageFilter filter) {
        if (filter.status() != SendStatus.SENT) {
            return null;
        }
        return filter.unconfirmedStatus() == SendStatus.SENT
                ? List.of(Facet.INBOUND_SENT.value(), Facet.UNCONFIRMED.value())
                : List.of(Facet.INBOUND_SENT.value());
    }
}
