package dev.sendstatus.state;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What two messages have in common that count alike: all that a figure may depend on, but for their times. Whoever lets a figure
 * depend on anything else of a message must add it here.
 *
 * @param fates of the recipients, in the order of their addresses
 */
public record Likeness(
        Provider provider,
        AccountName account,
        Direction direction,
        @Nullable String from,
        int segments,
        @Nullable Cost cost,
        @Nullable String campaign,
        List<String> tags,
        List<String> linkDomains,
        List<Fate> fates) {

    /**
     * What became of it for one recipient.
     *
     * @param channel what stands before the first colon of the address, as in {@code whatsapp:+1…}; null if nothing does. A
     *     provider may charge for one channel what it does not for another.
     */
    public record Fate(
            Progress progress,
            String providerStatus,
            @Nullable String errorCode,
            boolean conflict,
            @Nullable String carrier,
            @Nullable String channel) {

        private static Fate of(RecipientState recipient) {
            return new Fate(
                    recipient.progress(),
                    recipient.providerStatus(),
                    recipient.errorCode(),
                    recipient.conflict(),
                    recipient.carrier(),
                    channel(recipient.to()));
        }

        private static @Nullable String channel(@Nullable Recipient to) {
            int colon = to == null ? -1 : to.address().indexOf(':');
            return to == null || colon < 0 ? null : to.address().substring(0, colon);
        }
    }

    public static Likeness of(MessageState state) {
        List<Fate> fates = new ArrayList<>(state.recipients().size());
        for (RecipientState recipient : state.recipients()) {
            fates.add(Fate.of(recipient));
        }
        Registration registration = state.registration();
        return new Likeness(
                state.message().provider(),
                state.account(),
                state.direction(),
                state.from(),
                state.segments(),
                state.cost(),
                registration == null ? null : registration.campaign(),
                registration == null ? List.of() : registration.tags(),
                registration == null ? List.of() : registration.linkDomains(),
                fates);
    }
}
