package dev.sendstatus.migrate;

/** Is told how far a migration is. Called by one thread. */
public interface Watcher {

    /**
     * A part of the work begins.
     *
     * @param what copying, indexing or comparing
     * @param total how many rows it goes through, about; 0 if that is not known
     */
    void begins(String what, long total);

    /** So many rows of that part are done. */
    void at(long rows);
}
