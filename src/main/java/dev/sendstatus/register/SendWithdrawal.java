package dev.sendstatus.register;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.register.SendFile.SendSource;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes back the registrations of a whole file, batch after batch. Of a row only the provider and the id matter. Cut short anywhere and run
 * again, it goes on. One thread.
 */
public final class SendWithdrawal implements SendPass {
    private final Set<Provider> providers;
    private final Destination destination;
    private final Consumer<RegistrationResult> failed;

    private long rows;
    private long withdrawn;
    private long removed;
    private long unchanged;
    private long errors;

    /** Takes registrations back. */
    @FunctionalInterface
    public interface Destination {
        /** @return the outcome for each of these messages that there is */
        Map<MessageKey, Store.Withdrawn> withdraw(Collection<MessageKey> messages) throws StoreException;
    }

    /** @param failed hears of each row that names no message */
    public SendWithdrawal(Set<Provider> providers, Destination destination, Consumer<RegistrationResult> failed) {
        this.providers = Set.copyOf(providers);
        this.destination = destination;
        this.failed = failed;
    }

    /** The numbers of rows by their outcome. @param unchanged of messages that are not known, or not registered */
    public record Summary(long rows, long withdrawn, long removed, long unchanged, long errors) {}

    @Override
    public void run(SendSource source) throws IOException, StoreException {
        Set<MessageKey> batch = new LinkedHashSet<>();
        try {
            for (SendItem.Numbered item = source.next(); item != null; item = source.next()) {
                rows++;
                MessageKey key = key(item);
                if (key != null && !batch.add(key)) {
                    unchanged++;
                }
                if (batch.size() == Registrar.MOST_AT_ONCE) {
                    withdraw(batch);
                }
            }
        } finally {
            withdraw(batch);
        }
    }

    private @Nullable MessageKey key(SendItem.Numbered numbered) {
        if (numbered.item() instanceof SendItem.Good good) {
            return good.send().message();
        }
        SendItem.Bad bad = (SendItem.Bad) numbered.item();
        for (Provider provider : providers) {
            if (provider.word().equals(bad.provider()) && bad.id() != null) {
                return new MessageKey(provider, bad.id());
            }
        }
        errors++;
        failed.accept(new RegistrationResult(
                numbered.index(), bad.provider(), bad.id(), RegistrationResult.Kind.INVALID, bad.problem()));
        return null;
    }

    private void withdraw(Set<MessageKey> batch) throws StoreException {
        if (batch.isEmpty()) {
            return;
        }
        Set<MessageKey> taken = Set.copyOf(batch);
        batch.clear();
        Map<MessageKey, Store.Withdrawn> results = destination.withdraw(taken);
        for (MessageKey message : taken) {
            switch (results.getOrDefault(message, Store.Withdrawn.NOT_REGISTERED)) {
                case WITHDRAWN -> withdrawn++;
                case REMOVED -> removed++;
                case NOT_REGISTERED -> unchanged++;
            }
        }
    }

    @Override
    public Summary summary() {
        return new Summary(rows, withdrawn, removed, unchanged, errors);
    }
}
