package dev.sendstatus.dashboard;

/** What a template shows, as texts: it places them and escapes them, and decides nothing. */
public interface Page {
    /** For the window and the heading. */
    String title();

    /** The path of the entry of the navigation that it belongs to. */
    String section();

    /** Whether it draws charts. */
    default boolean charts() {
        return false;
    }

    /** The HTTP status that it comes with. */
    default int status() {
        return 200;
    }
}
