package dev.sendstatus.migrate;

/** The two databases are not ones that can be copied; nothing was changed. The message says why and what to do. */
public final class CannotMigrate extends Exception {
    private static final long serialVersionUID = 1L;

    public CannotMigrate(String message) {
        super(message);
    }
}
