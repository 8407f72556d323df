package dev.sendstatus.register;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes back the registrations of a whole file. Of a row only the provider and the id matter. */
public final class SendWithdrawal extends SendPass {
    private final Set<Provider> providers;
    private final Destination destination;
    private long withdrawn;
    private long removed;

    /** Takes registrations back. */
    @FunctionalInterface
    public interface Destination {
        /** @return the outcome for each of these messages that there is */
        Map<MessageKey, Store.Withdrawn> withdraw(Collection<MessageKey> messages) throws StoreException;
    }

    /** @param failed hears of each row that names no message */
    public SendWithdrawal(Set<Provider> providers, Destination destination, Consumer<RegistrationResult> failed) {
        super(failed);
        this.providers = Set.copyOf(providers);
        this.destination = destination;
    }

    /** The numbers of rows by their outcome. @param unchanged of messages that are not known, or not registered */
    public record Summary(long rows, long withdrawn, long removed, long unchanged, long errors) {}

    @Override
    void take(List<SendItem.Numbered> batch) throws StoreException {
        Set<MessageKey> messages = new LinkedHashSet<>();
        for (SendItem.Numbered item : batch) {
            rows++;
            MessageKey key = key(item);
            if (key != null && !messages.add(key)) {
                unchanged++;
            }
        }
        if (!messages.isEmpty()) {
            withdraw(messages);
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
        fail(RegistrationResult.invalid(numbered.index(), bad));
        return null;
    }

    private void withdraw(Set<MessageKey> messages) throws StoreException {
        Map<MessageKey, Store.Withdrawn> results = destination.withdraw(messages);
        for (MessageKey message : messages) {
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
