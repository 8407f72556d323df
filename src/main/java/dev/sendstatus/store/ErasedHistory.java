package dev.sendstatus.store;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message's history without a number: a word stands in its place, everywhere the same one, so that who was one recipient stays one.
 * If the number is the only recipient's, all names that were given for that recipient go.
 *
 * @param history without the number
 * @param recipient whether the number was a recipient's
 */
public record ErasedHistory(MessageHistory history, boolean recipient) {

    /** The history without that number; null if it is not in it. */
    public static @Nullable ErasedHistory of(MessageHistory history, PhoneNumber number) {
        boolean recipient = history.events().stream()
                .flatMap(event -> recipients(event.event()))
                .anyMatch(number::isIn);
        boolean only = recipient && hasOneRecipient(history);
        Eraser eraser = new Eraser(number, freeWord(history), only);
        MessageHistory erased = MessageHistory.none(history.message());
        for (RecordedEvent event : history.events()) {
            erased = erased.with(new RecordedEvent(
                    event.sequence(),
                    event.receivedAt(),
                    event.changed(),
                    event.source(),
                    event.account(),
                    eraser.event(event.event())));
        }
        return erased.equals(history) ? null : new ErasedHistory(erased, recipient);
    }

    /** Also by the registrations that do not count. */
    private static boolean hasOneRecipient(MessageHistory history) {
        for (RecordedEvent recorded : history.events()) {
            Registration registration = recorded.event().registration();
            if (registration != null && registration.to().size() > 1) {
                return false;
            }
        }
        return MessageState.of(history).recipients().size() == 1;
    }

    private static Stream<String> recipients(DeliveryEvent event) {
        Stream<Recipient> named = event.recipient() == null ? Stream.empty() : Stream.of(event.recipient());
        Registration registration = event.registration();
        return Stream.concat(named, registration == null ? Stream.empty() : registration.to().stream())
                .map(Recipient::address);
    }

    /** A word that no recipient of the message has yet. One that was erased before must stay another recipient. */
    private static String freeWord(MessageHistory history) {
        Set<String> taken = new TreeSet<>();
        for (RecordedEvent recorded : history.events()) {
            recipients(recorded.event()).forEach(address -> taken.add(address.substring(address.lastIndexOf(':') + 1)));
            String from = recorded.event().from();
            if (from != null) {
                taken.add(from.substring(from.lastIndexOf(':') + 1));
            }
        }
        String word = PhoneNumber.ERASED;
        for (int next = 2; taken.contains(word); next++) {
            word = PhoneNumber.ERASED + "-" + next;
        }
        return word;
    }

    /** Puts the word in the number's place. @param only whether every recipient that is named is the number's */
    private record Eraser(PhoneNumber number, String word, boolean only) {

        DeliveryEvent event(DeliveryEvent event) {
            Registration registration = event.registration();
            return event.toBuilder()
                    .to(event.recipient() == null ? null : recipient(event.recipient()))
                    .from(event.from() == null ? null : address(event.from()))
                    .detail(text(event.detail()))
                    .registration(registration == null ? null : registration(registration))
                    .build();
        }

        private Registration registration(Registration registration) {
            return new Registration(
                    registration.to().stream().map(this::recipient).toList(),
                    text(registration.reference()),
                    text(registration.campaign()),
                    registration.tags().stream().map(number::erasedFromText).toList(),
                    registration.linkDomains());
        }

        private Recipient recipient(Recipient recipient) {
            return only || number.isIn(recipient.address())
                    ? new Recipient(number.erasedFrom(recipient.address(), word))
                    : recipient;
        }

        private String address(String address) {
            return number.isIn(address) ? number.erasedFrom(address, word) : address;
        }

        private @Nullable String text(@Nullable String text) {
            return text == null ? null : number.erasedFromText(text);
        }
    }
}
