package dev.sendstatus.state;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whom a message went to, and what became of it for each: from the events of its history, the strongest first. */
final class Recipients {

    /**
     * Which of the names that a provider uses for one recipient is shown: a number before one with a channel (an RCS message that
     * fell back to SMS), a whole number before one whose last digits the provider took out.
     */
    private static final Comparator<Recipient> SHOWN = Comparator.comparing(Recipients::isNumber)
            .thenComparing(recipient -> recipient.address().length())
            .thenComparing(Comparator.reverseOrder());

    private Recipients() {}

    /** The states by address, at least one. */
    static List<RecipientState> of(List<RecordedEvent> strongestFirst) {
        if (strongestFirst.size() == 1) {
            return List.of(state(strongestFirst.get(0).event().recipient(), strongestFirst));
        }
        NavigableSet<Recipient> byProvider = new TreeSet<>();
        NavigableSet<Recipient> registered = new TreeSet<>();
        boolean sole = false;
        for (RecordedEvent recorded : strongestFirst) {
            DeliveryEvent event = recorded.event();
            sole |= event.soleRecipient();
            if (event.registration() != null) {
                registered.addAll(event.registration().to());
            } else if (event.recipient() != null) {
                byProvider.add(event.recipient());
            }
        }
        // Telnyx and Bandwidth report each of a group by itself: two names of theirs are two recipients.
        if (sole || byProvider.size() <= 1 && registered.size() <= 1) {
            return List.of(state(shown(byProvider, registered), strongestFirst));
        }
        return each(strongestFirst);
    }

    /** The name that the provider uses; the registered one where the provider uses none, or no longer the whole one. */
    private static @Nullable Recipient shown(NavigableSet<Recipient> byProvider, NavigableSet<Recipient> registered) {
        if (byProvider.isEmpty()) {
            return registered.isEmpty() ? null : registered.first();
        }
        Recipient name = Collections.max(byProvider, SHOWN);
        for (Recipient whole : registered) {
            if (isCutFrom(whole, name)) {
                return whole;
            }
        }
        return name;
    }

    /** Twilio takes the last digits out of a number once a message is old: {@code +1202555XXXX}, or without the X. */
    private static boolean isCutFrom(Recipient whole, Recipient name) {
        String cut = name.address();
        int end = cut.length();
        while (end > 0 && cut.charAt(end - 1) == 'X') {
            end--;
        }
        return isNumber(whole)
                && whole.address().length() > end
                && cut.startsWith("+")
                && whole.address().startsWith(cut.substring(0, end));
    }

    private static boolean isNumber(Recipient recipient) {
        String address = recipient.address();
        for (int i = address.startsWith("+") ? 1 : 0; i < address.length(); i++) {
            if (address.charAt(i) < '0' || address.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /**
     * One state per name. An event that names nobody speaks of the only recipient; where several are named it speaks of one not
     * known yet, which is shown only if the event says something final: that a message is on its way to somebody needs no
     * recipient of its own.
     */
    private static List<RecipientState> each(List<RecordedEvent> strongestFirst) {
        Map<Recipient, List<RecordedEvent>> named = new TreeMap<>();
        List<RecordedEvent> unnamedEnds = new ArrayList<>();
        for (RecordedEvent event : strongestFirst) {
            Recipient recipient = event.event().recipient();
            if (recipient != null) {
                named.computeIfAbsent(recipient, name -> new ArrayList<>()).add(event);
            } else if (event.event().progress().compareTo(Progress.UNCONFIRMED) >= 0) {
                unnamedEnds.add(event);
            }
        }
        if (named.size() <= 1) {
            return List.of(
                    state(named.isEmpty() ? null : named.keySet().iterator().next(), strongestFirst));
        }
        List<RecipientState> states = new ArrayList<>();
        named.forEach((recipient, events) -> states.add(state(recipient, events)));
        if (!unnamedEnds.isEmpty()) {
            states.add(state(null, unnamedEnds));
        }
        return states;
    }

    private static RecipientState state(@Nullable Recipient to, List<RecordedEvent> strongestFirst) {
        RecordedEvent decisive = strongestFirst.get(0);
        Progress progress = decisive.event().progress();
        boolean coded = progress == Progress.FAILED || progress == Progress.UNCONFIRMED;
        boolean conflict = progress == Progress.DELIVERED && anyFailed(strongestFirst);
        return new RecipientState(
                to,
                progress,
                decisive.event().providerStatus(),
                coded ? decisive.event().errorCode() : null,
                conflict,
                MessageState.strongest(strongestFirst, DeliveryEvent::carrier),
                EventOrder.when(decisive));
    }

    private static boolean anyFailed(List<RecordedEvent> events) {
        for (RecordedEvent event : events) {
            if (event.event().progress() == Progress.FAILED) {
                return true;
            }
        }
        return false;
    }
}
