package dev.sendstatus.store;

import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Labels;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.state.StuckLimits;
import java.time.Instant;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are asked for: all conditions must hold; null asks for nothing. {@link #matches} is the whole truth, whatever
 * a store does to find candidates.
 *
 * @param status as shown, so with unconfirmed messages as {@code unconfirmedStatus}
 * @param unconfirmedStatus what an unconfirmed message counts as
 * @param account its name, of any provider
 * @param to one of the recipients has one of these names, which mean the same number
 * @param toPrefix how the address of one of the recipients begins; a number's plus may be missing in it
 * @param from the sender, as {@code to}; a number is the same with and without its plus
 * @param fromPrefix as {@code toPrefix}, of the sender
 * @param carrier of one of the recipients
 * @param errorCode of one of the recipients
 * @param category likewise, any code of the group
 * @param linkDomain in lower case
 * @param since of {@link MessageState#firstEventAt}: then or later
 * @param until before then
 * @param sentSince of {@link MessageState#sentAt}: then or later; a message without that time does not match
 * @param sentUntil before then
 */
public record MessageFilter(
        @Nullable SendStatus status,
        SendStatus unconfirmedStatus,
        @Nullable Provider provider,
        @Nullable String account,
        @Nullable Direction direction,
        @Nullable Set<Recipient> to,
        @Nullable String toPrefix,
        @Nullable Set<Recipient> from,
        @Nullable String fromPrefix,
        @Nullable String carrier,
        @Nullable String errorCode,
        @Nullable BiPredicate<Provider, String> category,
        @Nullable String campaign,
        @Nullable String reference,
        @Nullable String tag,
        @Nullable String linkDomain,
        @Nullable Stuck stuck,
        @Nullable Boolean conflict,
        @Nullable Boolean unconfirmed,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Instant sentSince,
        @Nullable Instant sentUntil) {

    /** Every message. */
    public static final MessageFilter ALL = new Builder().build();

    /** Whether messages that are stuck at that moment are asked for, or all others. */
    public record Stuck(boolean wanted, Instant asOf, StuckLimits limits) {}

    public boolean matches(StoredMessage message) {
        MessageState state = message.state();
        return (status == null || status == shown(state))
                && (provider == null || provider.equals(state.message().provider()))
                && (account == null || account.equals(state.account().name()))
                && (conflict == null || conflict == state.conflict())
                && (unconfirmed == null || unconfirmed == state.unconfirmed())
                && (direction == null || direction == state.direction())
                && isBetween(state.firstEventAt(), since, until)
                && isBetween(state.sentAt(), sentSince, sentUntil)
                && matchesSender(state)
                && matchesRecipients(state)
                && matchesLabels(state.labels())
                && matchesStuck(message);
    }

    private SendStatus shown(MessageState state) {
        return state.unconfirmed() ? unconfirmedStatus : state.status();
    }

    private static boolean isBetween(@Nullable Instant time, @Nullable Instant since, @Nullable Instant until) {
        return since == null && until == null
                || time != null && (since == null || !time.isBefore(since)) && (until == null || time.isBefore(until));
    }

    private boolean matchesSender(MessageState state) {
        String sender = state.from();
        return (from == null || sender != null && from.contains(new Recipient(sender)))
                && (fromPrefix == null || sender != null && begins(new Recipient(sender), fromPrefix));
    }

    private static boolean begins(Recipient recipient, String prefix) {
        return recipient.address().startsWith(prefix) || recipient.address().startsWith("+" + prefix);
    }

    private boolean matchesRecipients(MessageState state) {
        Provider its = state.message().provider();
        return any(to, state, (names, one) -> one.to() != null && names.contains(one.to()))
                && any(toPrefix, state, (prefix, one) -> one.to() != null && begins(one.to(), prefix))
                && any(carrier, state, (name, one) -> name.equals(one.carrier()))
                && any(errorCode, state, (code, one) -> code.equals(one.errorCode()))
                && any(category, state, (codes, one) -> one.errorCode() != null && codes.test(its, one.errorCode()));
    }

    /** Whether nothing is asked for, or one of the recipients has it. */
    private static <T> boolean any(@Nullable T asked, MessageState state, BiPredicate<T, RecipientState> has) {
        return asked == null || state.recipients().stream().anyMatch(recipient -> has.test(asked, recipient));
    }

    private boolean matchesLabels(Labels labels) {
        return (campaign == null || campaign.equals(labels.campaign()))
                && (reference == null || reference.equals(labels.reference()))
                && (tag == null || labels.tags().contains(tag))
                && (linkDomain == null || labels.linkDomains().contains(linkDomain));
    }

    private boolean matchesStuck(StoredMessage message) {
        return stuck == null || stuck.wanted() == (StuckView.of(message, stuck.asOf(), stuck.limits()) != null);
    }

    /** Collects conditions; used by one thread, for one filter. */
    public static final class Builder {
        private @Nullable SendStatus status;
        private SendStatus unconfirmedStatus = SendStatus.SENT;
        private @Nullable Provider provider;
        private @Nullable String account;
        private @Nullable Direction direction;
        private @Nullable Set<Recipient> to;
        private @Nullable String toPrefix;
        private @Nullable Set<Recipient> from;
        private @Nullable String fromPrefix;
        private @Nullable String carrier;
        private @Nullable String errorCode;
        private @Nullable BiPredicate<Provider, String> category;
        private @Nullable String campaign;
        private @Nullable String reference;
        private @Nullable String tag;
        private @Nullable String linkDomain;
        private @Nullable Stuck stuck;
        private @Nullable Boolean conflict;
        private @Nullable Boolean unconfirmed;
        private @Nullable Instant since;
        private @Nullable Instant until;
        private @Nullable Instant sentSince;
        private @Nullable Instant sentUntil;

        public Builder status(@Nullable SendStatus shown, SendStatus ofUnconfirmed) {
            this.status = shown;
            this.unconfirmedStatus = ofUnconfirmed;
            return this;
        }

        public Builder provider(@Nullable Provider one) {
            this.provider = one;
            return this;
        }

        public Builder account(@Nullable String name) {
            this.account = name;
            return this;
        }

        public Builder direction(@Nullable Direction way) {
            this.direction = way;
            return this;
        }

        /** @param address whole, or its beginning with a {@code *} at the end */
        public Builder to(@Nullable String address) {
            this.toPrefix = prefix(address);
            this.to = address == null || toPrefix != null ? null : PhoneNumber.namesOf(address);
            return this;
        }

        /** @param address as {@link #to}'s */
        public Builder from(@Nullable String address) {
            this.fromPrefix = prefix(address);
            this.from = address == null || fromPrefix != null ? null : PhoneNumber.namesOf(address);
            return this;
        }

        private static @Nullable String prefix(@Nullable String address) {
            return address != null && address.endsWith("*") ? address.substring(0, address.length() - 1) : null;
        }

        public Builder carrier(@Nullable String name) {
            this.carrier = name;
            return this;
        }

        public Builder errorCode(@Nullable String code) {
            this.errorCode = code;
            return this;
        }

        public Builder category(@Nullable BiPredicate<Provider, String> codes) {
            this.category = codes;
            return this;
        }

        public Builder campaign(@Nullable String name) {
            this.campaign = name;
            return this;
        }

        public Builder reference(@Nullable String name) {
            this.reference = name;
            return this;
        }

        public Builder tag(@Nullable String word) {
            this.tag = word;
            return this;
        }

        public Builder linkDomain(@Nullable String domain) {
            this.linkDomain = domain;
            return this;
        }

        public Builder stuck(@Nullable Stuck condition) {
            this.stuck = condition;
            return this;
        }

        public Builder conflict(@Nullable Boolean wanted) {
            this.conflict = wanted;
            return this;
        }

        public Builder unconfirmed(@Nullable Boolean wanted) {
            this.unconfirmed = wanted;
            return this;
        }

        /** @param from then or later @param before before then */
        public Builder between(@Nullable Instant from, @Nullable Instant before) {
            this.since = from;
            this.until = before;
            return this;
        }

        /** @param from then or later @param before before then */
        public Builder sentBetween(@Nullable Instant from, @Nullable Instant before) {
            this.sentSince = from;
            this.sentUntil = before;
            return this;
        }

        public MessageFilter build() {
            return new MessageFilter(
                    status,
                    unconfirmedStatus,
                    provider,
                    account,
                    direction,
                    to,
                    toPrefix,
                    from,
                    fromPrefix,
                    carrier,
                    errorCode,
                    category,
                    campaign,
                    reference,
                    tag,
                    linkDomain,
                    stuck,
                    conflict,
                    unconfirmed,
                    since,
                    until,
                    sentSince,
                    sentUntil);
        }
    }
}
