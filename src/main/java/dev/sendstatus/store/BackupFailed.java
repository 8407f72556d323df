package dev.sendstatus.store;

import org.jspecify.annotations.Nullable;

/** A backup was not made, or not restored; the message says why and what to do, in words for the user. Nothing was changed. */
public final class BackupFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public BackupFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public BackupFailed(String message) {
        this(message, null);
    }
}
