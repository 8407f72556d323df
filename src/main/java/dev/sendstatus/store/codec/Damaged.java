package dev.sendstatus.store.codec;

/** Stored bytes cannot be what was written: cut short, or changed. */
public final class Damaged extends Exception {
    private static final long serialVersionUID = 1L;

    public Damaged(String message) {
        super(message);
    }
}
