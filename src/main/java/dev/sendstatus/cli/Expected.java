package dev.sendstatus.cli;

import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** How many messages of each provider are to have which send status once all callbacks have arrived. One thread. */
final class Expected {
    private final SendStatus unconfirmed;
    private final boolean registered;
    private final Map<Provider, Map<SendStatus, Long>> byStatus = new TreeMap<>();
    private final Map<Provider, Long> silent = new TreeMap<>();

    /**
     * @param unconfirmed what an unconfirmed message counts as
     * @param registered whether all are registered, so that those without a callback are known as well
     */
    Expected(SendStatus unconfirmed, boolean registered) {
        this.unconfirmed = unconfirmed;
        this.registered = registered;
    }

    /** @param reported false if there is no callback at all */
    void message(CallbackSender sender, Outcome last, boolean reported) {
        Provider provider = sender.account().provider();
        if (!reported) {
            silent.merge(provider, 1L, Long::sum);
            if (!registered) {
                return;
            }
        }
        byStatus.computeIfAbsent(provider, first -> new EnumMap<>(SendStatus.class))
                .merge(status(last), 1L, Long::sum);
    }

    private SendStatus status(Outcome last) {
        return switch (last) {
            case ACCEPTED, SENT -> SendStatus.SENT;
            case UNCONFIRMED -> unconfirmed;
            case FAILED -> SendStatus.ERROR;
            case DELIVERED, RECEIVED -> SendStatus.DELIVERED;
        };
    }

    long count(Provider provider, SendStatus status) {
        return byStatus.getOrDefault(provider, Map.of()).getOrDefault(status, 0L);
    }

    /** Messages that no callback speaks of: lost ones of a provider that reports only the end. */
    long silent(Provider provider) {
        return silent.getOrDefault(provider, 0L);
    }

    long messages(Provider provider) {
        long all = registered ? 0 : silent(provider);
        for (SendStatus status : SendStatus.values()) {
            all += count(provider, status);
        }
        return all;
    }
}
