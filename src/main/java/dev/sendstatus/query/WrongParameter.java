package dev.sendstatus.query;

/** A parameter without a meaning. The message names it and the values that it may have. */
public class WrongParameter extends Exception {
    private static final long serialVersionUID = 1L;

    public WrongParameter(String message) {
        super(message);
    }
}
