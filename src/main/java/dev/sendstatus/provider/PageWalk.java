package dev.sendstatus.provider;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A walk over lists whose pages somebody else links. A page that names itself, or an earlier one, as the next would be asked for without
 * end, so the walk notices both, and takes so many pages at the most. One walk, one thread.
 */
public final class PageWalk {
    /** Of Twilio or Bandwidth ten million messages, of Telnyx half a million. */
    static final int MOST_PAGES = 10_000;

    private final Set<String> named = new HashSet<>();
    private List<?> before = List.of();
    private int pages;

    /** Another list begins; its pages count as those before. */
    public void begin() {
        named.clear();
        before = List.of();
    }

    /**
     * To be called with each page.
     *
     * @param next the name of the page after it; null if there is none
     * @param content the ids on the page, which tell it from others
     * @return why the list is not followed any further, for a person; null if it can be
     */
    public @Nullable String obstacle(@Nullable String next, List<?> content) {
        pages++;
        if (!content.isEmpty() && content.equals(before)) {
            return "it gives the same page again";
        }
        before = List.copyOf(content);
        if (next == null) {
            return null;
        }
        if (!named.add(next)) {
            return "its page " + pages + " leads back to an earlier one";
        }
        return pages >= MOST_PAGES ? "it has more than " + MOST_PAGES + " pages: ask for less at once" : null;
    }
}
