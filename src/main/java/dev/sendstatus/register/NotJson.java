package dev.sendstatus.register;

/** A text is not JSON. The message says where, and holds nothing of the text. */
public final class NotJson extends Exception {
    private static final long serialVersionUID = 1L;

    NotJson(String message) {
        super(message);
    }
}
