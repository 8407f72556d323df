package dev.sendstatus.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * A number, large, and the name of the things that it counts.
 *
 * @param href the list that it counts; null if there is none
 * @param kind how it looks
 */
public record Figure(
        String number, String label, String note, @Nullable String href, Badge.Kind kind) {
    public String style() {
        return new Badge(label, kind).style();
    }

    public String sign() {
        return new Badge(label, kind).sign();
    }
}
