package dev.sendstatus.provider.bandwidth;

import java.util.ArrayList;
import java.util.List;

/** Why elements were not understood: the first twenty, and how many more; a body of a million commas is no million lines. */
final class Reasons {
    private static final int MOST = 20;

    private final List<String> reasons = new ArrayList<>();
    private int more;

    void add(String place, String reason) {
        if (reasons.size() < MOST) {
            reasons.add(place + ": " + reason);
        } else {
            more++;
        }
    }

    List<String> all() {
        if (more > 0) {
            List<String> all = new ArrayList<>(reasons);
            all.add("and " + more + " more like these");
            return all;
        }
        return reasons;
    }
}
