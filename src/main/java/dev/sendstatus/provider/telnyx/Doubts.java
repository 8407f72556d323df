package dev.sendstatus.provider.telnyx;

import java.util.ArrayList;
import java.util.List;

/** Reasons for a person: a few are as good as all of them. */
final class Doubts {
    private static final int SHOWN = 5;

    private Doubts() {}

    static List<String> bounded(List<String> doubts) {
        if (doubts.size() <= SHOWN) {
            return doubts;
        }
        List<String> few = new ArrayList<>(doubts.subList(0, SHOWN));
        few.add("and " + (doubts.size() - SHOWN) + " more");
        return few;
    }

    static String joined(List<String> doubts) {
        return String.join("; ", bounded(doubts));
    }
}
