package dev.sendstatus.event;

import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sending program's statement of a message that it sent, beyond the facts that a provider states as well. A registration of
 * several recipients is one event for each; all of them carry the whole, so that each tells which registration it belongs to.
 *
 * @param to everybody whom the message was sent to, by address, each once
 * @param reference the program's own name of the send; null if it gave none
 * @param campaign what it belongs to; null if it gave none
 * @param tags words to find it by, in their order, each once; may be empty
 * @param linkDomains the domains of the links in it, in lower case and in their order, each once; may be empty
 */
public record Registration(
        List<Recipient> to,
        @Nullable String reference,
        @Nullable String campaign,
        List<String> tags,
        List<String> linkDomains)
        implements Comparable<Registration> {

    private static final Comparator<@Nullable String> TEXT = Comparator.nullsFirst(Comparator.<String>naturalOrder());

    public Registration {
        to = sorted(to);
        reference = emptyToNull(reference);
        campaign = emptyToNull(campaign);
        tags = sorted(tags.stream().map(PlainText::of).toList());
        linkDomains = sorted(linkDomains.stream()
                .map(domain -> PlainText.of(domain).toLowerCase(Locale.ROOT))
                .toList());
    }

    private static <T extends Comparable<T>> List<T> sorted(Collection<T> values) {
        return values.stream().sorted().distinct().toList();
    }

    private static @Nullable String emptyToNull(@Nullable String value) {
        return value == null || value.isEmpty() ? null : PlainText.of(value);
    }

    /** An order over everything that it says, to choose the same one of two on every node; it means nothing else. */
    @Override
    public int compareTo(Registration other) {
        int order = compare(to, other.to);
        order = order != 0 ? order : TEXT.compare(reference, other.reference);
        order = order != 0 ? order : TEXT.compare(campaign, other.campaign);
        order = order != 0 ? order : compare(tags, other.tags);
        return order != 0 ? order : compare(linkDomains, other.linkDomains);
    }

    private static <T extends Comparable<T>> int compare(List<T> one, List<T> other) {
        Iterator<T> others = other.iterator();
        for (T value : one) {
            if (!others.hasNext()) {
                return 1;
            }
            int order = value.compareTo(others.next());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }
}
