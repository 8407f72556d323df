package dev.sendstatus.dashboard;

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

    /** The HTTP status that it comes with. */
    default int status() {
        return 200;
    }
}
