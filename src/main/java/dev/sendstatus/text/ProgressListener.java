package dev.sendstatus.text;

/** Hears how far a long piece of work has come. Called by one thread. */
@FunctionalInterface
public interface ProgressListener {
    /** Hears nothing. */
    ProgressListener NOBODY = (done, total) -> {};

    /** @param total as far as it is known by now */
    void at(long done, long total);
}
