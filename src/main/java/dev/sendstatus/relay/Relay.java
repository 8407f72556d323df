package dev.sendstatus.relay;

import dev.sendstatus.outbound.PushClient;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.store.ChangePage;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** All endpoints, each pushed to on its own: what one does never delays another. */
public final class Relay implements AutoCloseable {
    private final List<EndpointSettings> endpoints;
    private final Store store;
    private final Reads reads;
    private final List<Pusher> pushers = new ArrayList<>();

    public Relay(
            List<EndpointSettings> endpoints,
            Store store,
            Reads reads,
            MessageDocument document,
            InstantSource clock,
            MeterRegistry meters) {
        this.endpoints = List.copyOf(endpoints);
        this.store = store;
        this.reads = reads;
        String node = UUID.randomUUID().toString();
        for (EndpointSettings one : endpoints) {
            PushClient client = new PushClient(one.destination(), one.concurrency(), clock);
            pushers.add(new Pusher(
                    one,
                    new Sender(one.name(), client, one.concurrency()),
                    store,
                    reads,
                    document,
                    clock,
                    node,
                    new PushCounts(one.name(), meters)));
        }
    }

    /** @param sole whether there can be no other node: then one that pushed before is gone */
    public Relay start(boolean sole) throws StoreException {
        if (sole) {
            store.relay().releaseEndpoints();
        }
        ChangePage ends = reads.changes(0, 0);
        for (EndpointSettings one : endpoints) {
            store.relay().addEndpoint(one.name(), ends.feed(), one.fromOldest() ? ends.oldestAfter() : ends.newest());
        }
        pushers.forEach(Pusher::start);
        return this;
    }

    public List<EndpointSettings> endpoints() {
        return endpoints;
    }

    /** There may be something new: a change, or a word of a person. Any thread; returns at once. */
    public void wake() {
        pushers.forEach(Pusher::wake);
    }

    @Override
    public void close() {
        pushers.parallelStream().forEach(Pusher::close);
    }
}
