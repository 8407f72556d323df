package dev.sendstatus.dashboard;

import java.util.List;

/** There is no such thing, or more than one; the message says to a person what was looked for. */
final class NotFound extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Frame.Entry> instead;

    NotFound(String message) {
        this(404, message, List.of());
    }

    /** @param instead where to go on */
    NotFound(int status, String message, List<Frame.Entry> instead) {
        super(message);
        this.status = status;
        this.instead = List.copyOf(instead);
    }

    Trouble trouble() {
        return new Trouble(status, status == 404 ? "Not found" : "Which one?", String.valueOf(getMessage()), instead);
    }
}
