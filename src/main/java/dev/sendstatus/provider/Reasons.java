package dev.sendstatus.provider;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why parts of a body were not understood: the first twenty, and how many more; a body of a million commas is no million lines. */
public final class Reasons {
    private static final int MOST = 20;

    private final List<String> reasons = new ArrayList<>(0);
    private final List<String> unread = new ArrayList<>(0);
    private int more;

    public void add(String reason) {
        if (reasons.size() < MOST) {
            reasons.add(reason);
        } else {
            more++;
        }
    }

    /** @param message the id of the message that the part names; null if it names none */
    public void add(String reason, @Nullable String message) {
        add(reason);
        if (message != null) {
            unread.add(message);
        }
    }

    /** The messages that those parts name. */
    public List<String> unread() {
        return unread;
    }

    public List<String> all() {
        if (more == 0) {
            return reasons;
        }
        List<String> all = new ArrayList<>(reasons);
        all.add("and " + more + " more");
        return all;
    }

    /** All in one line. */
    public String joined() {
        return String.join("; ", all());
    }
}
