package dev.sendstatus.dashboard;

import org.jspecify.annotations.Nullable;

/** The texts of a template. It places and escapes them, and decides nothing. */
public interface Page {
    /** For the window and the heading. */
    String title();

    /** The path of the entry of the navigation that it belongs to. */
    String section();

    /** Whether it draws charts. */
    default boolean charts() {
        return false;
    }

    /** How old its figures are; null where they are of the moment. */
    default @Nullable Freshness freshness() {
        return null;
    }

    /** The HTTP status that it comes with. */
    default int status() {
        return 200;
    }
}
