package dev.sendstatus.query;

/** A parameter that asks for nothing that there is; the message names it and says what it may be. */
public class WrongParameter extends Exception {
    private static final long serialVersionUID = 1L;

    public WrongParameter(String message) {
        super(message);
    }
}
