package dev.sendstatus.store.merge;

import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import java.util.Arrays;

/** All that a message is found by, as numbers: of its state as it is, so that they change with it. */
public final class Facets {
    private long[] values = new long[16];
    private int count;

    private Facets() {}

    /** Sorted, each once: equal states have equal arrays. */
    public static long[] of(MessageState state) {
        Facets facets = new Facets();
        facets.add(Facet.PROVIDER.value(state.message().provider().word()));
        facets.add(Facet.ACCOUNT.value(state.account().name()));
        if (state.from() != null) {
            facets.add(Facet.SENDER.ofAddress(state.from()));
        }
        facets.addOutcome(state);
        for (RecipientState recipient : state.recipients()) {
            facets.addRecipient(recipient);
        }
        if (state.registration() != null) {
            facets.addRegistration(state.registration());
        }
        Arrays.sort(facets.values, 0, facets.count);
        return Arrays.stream(facets.values, 0, facets.count).distinct().toArray();
    }

    private void addOutcome(MessageState state) {
        SendStatus status = state.status();
        if (status == SendStatus.ERROR) {
            add(Facet.STATUS_ERROR.value());
        } else if (status == SendStatus.SENT && state.direction() == Direction.INBOUND) {
            add(Facet.INBOUND_SENT.value());
        }
        if (state.unconfirmed()) {
            add(Facet.UNCONFIRMED.value());
        }
    }

    private void addRecipient(RecipientState recipient) {
        if (recipient.to() != null) {
            add(Facet.TO.value(recipient.to().address()));
        }
        if (recipient.conflict()) {
            add(Facet.CONFLICT.value());
        }
        if (recipient.errorCode() != null) {
            add(Facet.ANY_ERROR_CODE.value());
            add(Facet.ERROR_CODE.value(recipient.errorCode()));
        }
    }

    private void addRegistration(Registration registration) {
        if (registration.reference() != null) {
            add(Facet.REFERENCE.value(registration.reference()));
        }
        if (registration.campaign() != null) {
            add(Facet.CAMPAIGN.value(registration.campaign()));
        }
        registration.tags().forEach(tag -> add(Facet.TAG.value(tag)));
        registration.linkDomains().forEach(domain -> add(Facet.LINK_DOMAIN.value(domain)));
    }

    private void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }
}
