package dev.sendstatus.register;

/** A file, or its rest, cannot be read as sends; the message says where and why, without its content. */
public final class UnreadableSends extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableSends(String message) {
        super(message);
    }
}
