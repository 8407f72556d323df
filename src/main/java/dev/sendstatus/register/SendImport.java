package dev.sendstatus.register;

import dev.sendstatus.register.SendFile.SendSource;
import dev.sendstatus.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Registers a whole file, batch after batch, in memory that does not grow with it. Cut short anywhere and run again, it finds
 * what it did before unchanged and goes on. One thread.
 */
public final class SendImport implements SendPass {
    private final Registrar registrar;
    private final Consumer<RegistrationResult> failed;

    private long rows;
    private long registered;
    private long unchanged;
    private long errors;

    /** @param failed hears of each row that was not registered */
    public SendImport(Registrar registrar, Consumer<RegistrationResult> failed) {
        this.registrar = registrar;
        this.failed = failed;
    }

    /** The numbers of rows by their outcome. */
    public record Summary(long rows, long registered, long unchanged, long errors) {}

    @Override
    public void run(SendSource source) throws IOException, StoreException {
        List<SendItem.Numbered> batch = new ArrayList<>();
        try {
            for (SendItem.Numbered item = source.next(); item != null; item = source.next()) {
                batch.add(item);
                if (batch.size() == Registrar.MOST_AT_ONCE) {
                    register(batch);
                }
            }
        } finally {
            // Also the rows that came before the file could not be read on.
            register(batch);
        }
    }

    private void register(List<SendItem.Numbered> batch) throws StoreException {
        List<SendItem.Numbered> taken = List.copyOf(batch);
        batch.clear();
        for (RegistrationResult result : registrar.register(taken)) {
            rows++;
            switch (result.kind()) {
                case REGISTERED -> registered++;
                case UNCHANGED -> unchanged++;
                case INVALID, CONFLICT -> {
                    errors++;
                    failed.accept(result);
                }
            }
        }
    }

    @Override
    public Summary summary() {
        return new Summary(rows, registered, unchanged, errors);
    }
}
