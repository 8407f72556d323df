package dev.sendstatus.provider;

import java.util.ArrayList;
import java.util.List;

/** Why parts of a body were not understood: the first twenty, and how many more; a body of a million commas is no million lines. */
public final class Reasons {
    private static final int MOST = 20;

    private final String moreOfThem;
    private final List<String> reasons = new ArrayList<>(0);
    private int more;

    public Reasons() {
        this("more");
    }

    /** @param moreOfThem follows the number of those that are not told: {@code more like these} */
    public Reasons(String moreOfThem) {
        this.moreOfThem = moreOfThem;
    }

    public void add(String reason) {
        if (reasons.size() < MOST) {
            reasons.add(reason);
        } else {
            more++;
        }
    }

    public List<String> all() {
        if (more == 0) {
            return reasons;
        }
        List<String> all = new ArrayList<>(reasons);
        all.add("and " + more + " " + moreOfThem);
        return all;
    }

    /** All in one line. */
    public String joined() {
        return String.join("; ", all());
    }
}
