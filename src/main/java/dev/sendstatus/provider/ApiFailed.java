package dev.sendstatus.provider;

/** A provider's API could not be used; the message says what happened and what to do, without a secret. */
public final class ApiFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public ApiFailed(String message) {
        super(message);
    }

    /** The message, which is never null. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
