package dev.sendstatus.register;

import dev.sendstatus.register.SendFile.SendSource;
import dev.sendstatus.store.StoreException;
import java.io.IOException;

/** One pass over a file of sends, batch after batch. Cut short anywhere and run again, it goes on. One thread. */
public sealed interface SendPass permits SendImport, SendWithdrawal {
    /**
     * Reads to the end, and does what it does with each row.
     *
     * @throws IOException if the file cannot be read on; the rows before that are done
     * @throws StoreException if the database was not to be had; {@link #summary} says how far it came
     */
    void run(SendSource source) throws IOException, StoreException;

    /** The numbers of rows: {@code rows} of all, one for each outcome, and {@code errors}. */
    Record summary();
}
