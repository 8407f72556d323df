package dev.sendstatus.config;

import java.util.ArrayList;
import java.util.List;

/** Gathers the mistakes while the rest is still being read. One thread. */
final class Mistakes {
    private final List<Mistake> found = new ArrayList<>();

    void add(String where, String key, String remedy) {
        Mistake mistake = new Mistake(where, key, remedy);
        if (!found.contains(mistake)) {
            found.add(mistake);
        }
    }

    List<Mistake> found() {
        return found;
    }
}
