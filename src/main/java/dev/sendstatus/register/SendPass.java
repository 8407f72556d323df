package dev.sendstatus.register;

import dev.sendstatus.register.SendFile.SendSource;
import dev.sendstatus.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One pass over a file of sends, batch after batch, in memory that does not grow with it. Cut short anywhere and run again, it goes on. One
 * thread.
 */
public abstract sealed class SendPass permits SendImport, SendWithdrawal {
    long rows;
    long unchanged;
    long errors;
    private final Consumer<RegistrationResult> failed;

    /** @param failed hears of each row for which nothing was done */
    SendPass(Consumer<RegistrationResult> failed) {
        this.failed = failed;
    }

    /**
     * Reads to the end, and does what it does with each row.
     *
     * @throws IOException if the file cannot be read on; the rows before that are done
     * @throws StoreException if the database was not to be had; {@link #summary} says how far it came
     */
    public final void run(SendSource source) throws IOException, StoreException {
        List<SendItem.Numbered> batch = new ArrayList<>();
        try {
            for (SendItem.Numbered item = source.next(); item != null; item = source.next()) {
                batch.add(item);
                if (batch.size() == Registrar.MOST_AT_ONCE) {
                    List<SendItem.Numbered> full = batch;
                    batch = new ArrayList<>();
                    take(full);
                }
            }
        } finally {
            // Also the rows that came before the file could not be read on.
            take(batch);
        }
    }

    abstract void take(List<SendItem.Numbered> batch) throws StoreException;

    void fail(RegistrationResult row) {
        errors++;
        failed.accept(row);
    }

    /** The numbers of rows: {@code rows} of all, one for each outcome, and {@code errors}. */
    public abstract Record summary();
}
