package dev.sendstatus.ingest;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.PlainText;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.jdbc.Store;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a stored callback by the adapters of this version. An adapter that fails costs nobody anything: the callback is quarantined. */
public final class CallbackReader implements Store.Interpreter {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackReader.class);

    private final Map<Provider, ProviderAdapter<?>> adapters = new HashMap<>();

    public CallbackReader(Collection<? extends ProviderAdapter<?>> adapters) {
        adapters.forEach(adapter -> this.adapters.put(adapter.provider(), adapter));
    }

    @Override
    public Incoming read(StoredCallback callback, Source source) {
        List<DeliveryEvent> events = List.of();
        String reason = null;
        Parsed parsed = parsed(callback);
        if (parsed instanceof Parsed.Events understood) {
            events = understood.events();
            reason = understood.notUnderstood().isEmpty() ? null : String.join("; ", understood.notUnderstood());
        } else if (parsed instanceof Parsed.NotUnderstood not) {
            reason = not.why();
        }
        List<String> unread = parsed.unread().stream()
                .filter(id -> !id.isEmpty())
                .map(PlainText::of)
                .distinct()
                .toList();
        return new Incoming(callback.account(), source, callback.receivedAt(), callback.raw(), events, reason, unread);
    }

    private Parsed parsed(StoredCallback callback) {
        Provider provider = callback.account().provider();
        ProviderAdapter<?> adapter = adapters.get(provider);
        if (adapter == null) {
            return new Parsed.NotUnderstood("no adapter of this version reads callbacks of " + provider);
        }
        try {
            return adapter.parse(request(callback));
        } catch (RuntimeException e) {
            LOG.error("callback {} of {} could not be read", callback.number(), provider, e);
            return new Parsed.NotUnderstood(
                    "the adapter failed: " + e.getClass().getSimpleName());
        }
    }

    private static CallbackRequest request(StoredCallback callback) {
        RawCallback raw = callback.raw();
        return new CallbackRequest(
                raw.method(), "", raw.query(), name -> header(raw, name), raw.body(), callback.receivedAt());
    }

    private static @Nullable String header(RawCallback raw, String name) {
        return name.equalsIgnoreCase("Content-Type") ? raw.mediaType() : null;
    }
}
