package dev.sendstatus.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The counters of one provider's callbacks, looked up once, since a look-up by tags costs more than the rest of a callback. */
final class WebhookMeters {
    final Counter committed;
    final Counter unavailable;
    final Counter full;
    final Counter broken;

    WebhookMeters(MeterRegistry registry, String provider) {
        committed = answered(registry, provider, "committed");
        unavailable = answered(registry, provider, "unavailable");
        full = answered(registry, provider, "full");
        broken = answered(registry, provider, "broken");
    }

    private static Counter answered(MeterRegistry registry, String provider, String outcome) {
        return Counter.builder("sendstatus.callbacks")
                .description("Authentic callbacks, by what became of them")
                .tag("provider", provider)
                .tag("outcome", outcome)
                .register(registry);
    }
}
