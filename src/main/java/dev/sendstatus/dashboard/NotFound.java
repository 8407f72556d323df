package dev.sendstatus.dashboard;

import dev.sendstatus.api.Problem;
import dev.sendstatus.api.Unanswerable;
import java.util.List;

/** There is no such thing, or more than one. The message names it for a person. */
final class NotFound extends Unanswerable {
    private static final long serialVersionUID = 1L;

    private final transient List<Way> instead;

    NotFound(String message) {
        this(404, message, List.of());
    }

    /** @param instead where to go on */
    NotFound(int status, String message, List<Way> instead) {
        super(new Problem(status, status == 404 ? "Not found" : "Which one?", message));
        this.instead = List.copyOf(instead);
    }

    List<Way> instead() {
        return instead;
    }
}
