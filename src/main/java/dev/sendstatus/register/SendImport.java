package dev.sendstatus.register;

import dev.sendstatus.store.StoreException;
import java.util.List;
import java.util.function.Consumer;

/** Registers a whole file. Run again, it finds what it did before unchanged. */
public final class SendImport extends SendPass {
    private final Registrar registrar;
    private long registered;

    /** @param failed hears of each row that was not registered */
    public SendImport(Registrar registrar, Consumer<RegistrationResult> failed) {
        super(failed);
        this.registrar = registrar;
    }

    /** The numbers of rows by their outcome. */
    public record Summary(long rows, long registered, long unchanged, long errors) {}

    @Override
    void take(List<SendItem.Numbered> batch) throws StoreException {
        for (RegistrationResult result : registrar.register(batch)) {
            rows++;
            switch (result.kind()) {
                case REGISTERED -> registered++;
                case UNCHANGED -> unchanged++;
                case INVALID, CONFLICT -> fail(result);
            }
        }
    }

    @Override
    public Summary summary() {
        return new Summary(rows, registered, unchanged, errors);
    }
}
