package dev.sendstatus.store.copy;

import dev.sendstatus.store.StoreException;
import java.util.List;
import java.util.Optional;

/** A database that is filled from another. Each method is one transaction unless it says otherwise. Used by one thread. */
public interface CopyTarget extends AutoCloseable {

    /** Tells this database from every other. */
    String identity();

    /** What it holds though no copy into it was begun, for a person; empty if nothing, or if an unfinished copy is there. */
    Optional<String> occupied() throws StoreException;

    /** From which source an unfinished copy is; empty if there is none. */
    Optional<String> source() throws StoreException;

    /** How far the unfinished copy has come; empty if there is none. */
    Optional<CopyPlace> place() throws StoreException;

    /** Begins a pass, the first or another one. */
    void begin(String source, CopyPlace place) throws StoreException;

    /** Writes messages, in the order of their ids, new or as they are now. @param after what is reached with them */
    void messages(List<CopiedMessage> messages, CopyPlace after) throws StoreException;

    /** Adds raw callbacks. @param after what is reached with them */
    void segments(List<CopiedRow> segments, CopyPlace after) throws StoreException;

    /** Replaces all that is in a table; of accounts, adds to it and replaces what is said of them. */
    void replace(CopiedTable table, CopySource source) throws StoreException;

    /**
     * Makes what is derived: indexes, and numbers for what comes after the copy. In steps; may be repeated.
     *
     * @param nextSequence higher than any sequence that was copied
     */
    void finish(long nextSequence, CopyPlace place) throws StoreException;

    /** Forgets that it was a copy: it is an ordinary database now. */
    void end() throws StoreException;

    /** What is in it now, for a comparison. To be closed. */
    CopySource written() throws StoreException;

    @Override
    void close();
}
