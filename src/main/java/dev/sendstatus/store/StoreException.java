package dev.sendstatus.store;

import org.jspecify.annotations.Nullable;

/** The database did not do what was asked. */
public abstract sealed class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    protected StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The world's fault: locked, full, gone. Nothing was changed; the same may succeed later. */
    public static final class Unavailable extends StoreException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Ours: a statement or a stored value is wrong. Nothing was changed; trying again does not help. */
    public static final class Broken extends StoreException {
        private static final long serialVersionUID = 1L;

        public Broken(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
