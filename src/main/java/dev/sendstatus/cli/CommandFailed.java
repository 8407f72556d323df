package dev.sendstatus.cli;

/** A command cannot do what it was asked for; the message says why and what to do, in words for the user. */
public final class CommandFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public CommandFailed(String message) {
        super(message);
    }
}
