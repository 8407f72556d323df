package dev.sendstatus.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the outcomes of the pushes of this node to one endpoint. */
final class PushCounts {
    private final Counter delivered;
    private final Counter failed;
    private final AtomicInteger failing = new AtomicInteger();

    PushCounts(String endpoint, MeterRegistry meters) {
        this.delivered = counter(endpoint, "delivered", meters);
        this.failed = counter(endpoint, "failed", meters);
        Gauge.builder("sendstatus.relay.failing", failing, AtomicInteger::get)
                .description("1 while the endpoint fails or is gone, on the node that pushes for it; else 0")
                .tag("endpoint", endpoint)
                .register(meters);
    }

    private static Counter counter(String endpoint, String outcome, MeterRegistry meters) {
        return Counter.builder("sendstatus.relay.pushes")
                .description("Pushes to the endpoints of the relay, each try, by what became of it")
                .tag("endpoint", endpoint)
                .tag("outcome", outcome)
                .register(meters);
    }

    void count(boolean success) {
        (success ? delivered : failed).increment();
    }

    void failing(boolean yes) {
        failing.set(yes ? 1 : 0);
    }
}
