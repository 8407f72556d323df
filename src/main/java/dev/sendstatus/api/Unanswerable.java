package dev.sendstatus.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that has no answer as it was made, since there is nothing of that name or number. Not for callbacks. */
public class Unanswerable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient ObjectNode more;

    public Unanswerable(int status, String title, String detail) {
        this(new Problem(status, title, detail));
    }

    public Unanswerable(Problem problem) {
        this(problem, JsonNodeFactory.instance.objectNode());
    }

    /** @param more fields of the answer beside those of every problem */
    Unanswerable(Problem problem, ObjectNode more) {
        super(problem.detail());
        this.problem = problem;
        this.more = more;
    }

    public Problem problem() {
        return problem;
    }

    ObjectNode more() {
        return more;
    }
}
