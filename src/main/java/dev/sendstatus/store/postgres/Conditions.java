package dev.sendstatus.store.postgres;

import dev.sendstatus.event.SendStatus;
import dev.sendstatus.store.CodeGroup;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.merge.Facet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the index can say of a filter; the filter itself decides.
 *
 * @param all every one of these facets; empty for no condition
 * @param status one of these at least; null for no condition
 * @param codes likewise
 * @param since of the first event, in milliseconds, inclusive
 * @param until exclusive
 */
record Conditions(
        List<Long> all,
        @Nullable List<Long> status,
        @Nullable List<Long> codes,
        long since,
        long until) {

    /** Where candidates are best looked for. */
    enum Place {
        /** Among all messages, by their facets. */
        FACETS,
        /** Among the open ones, and those few that are SENT without being open. */
        OPEN,
        /** Among those that are stuck. */
        STUCK
    }

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
                category == null || category.texts().isEmpty() ? null : codes(category),
                filter.since() == null ? Long.MIN_VALUE : filter.since().toEpochMilli(),
                filter.until() == null ? Long.MAX_VALUE : ceiling(filter.until()));
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

    private static long ceiling(Instant time) {
        return time.toEpochMilli() + (time.getNano() % 1_000_000 == 0 ? 0 : 1);
    }

    Place place(MessageFilter filter) {
        if (filter.stuck() != null && filter.stuck().wanted()) {
            return Place.STUCK;
        }
        // With any other condition that rules out much, that one is the better way in.
        boolean selective = filter.to() != null
                || filter.from() != null
                || filter.reference() != null
                || filter.errorCode() != null
                || filter.category() != null
                || Boolean.TRUE.equals(filter.unconfirmed())
                || Boolean.TRUE.equals(filter.conflict());
        return filter.status() == SendStatus.SENT && !selective ? Place.OPEN : Place.FACETS;
    }

    /** The facets of messages that are shown as SENT and are not open. */
    static List<Long> sentButNotOpen(MessageFilter filter) {
        return filter.unconfirmedStatus() == SendStatus.SENT
                ? List.of(Facet.INBOUND_SENT.value(), Facet.UNCONFIRMED.value())
                : List.of(Facet.INBOUND_SENT.value());
    }
}
