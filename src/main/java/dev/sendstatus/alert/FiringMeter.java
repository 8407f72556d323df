package dev.sendstatus.alert;

import dev.sendstatus.store.Alert;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.MaskedNumbers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The metric {@code sendstatus_alert_firing}: 1 for each alert that fires, on every node, and 0 for each rule without a key, so that there
 * is something to see before the first. Numbers in keys are masked.
 */
public final class FiringMeter {
    private final Reads reads;
    private final MultiGauge gauge;

    public FiringMeter(Reads reads, MeterRegistry meters) {
        this.reads = reads;
        this.gauge = MultiGauge.builder("sendstatus.alert.firing")
                .description("How many alerts of a rule and key fire; 0 without a key for each rule")
                .register(meters);
    }

    /** Reads what fires now. */
    public void update() throws StoreException {
        Map<Tags, Long> firing = new LinkedHashMap<>();
        for (RuleName rule : RuleName.values()) {
            firing.put(Tags.of("rule", rule.word(), "key", ""), 0L);
        }
        for (Alert alert : reads.alerts().open()) {
            if (alert.state() == Alert.State.FIRING) {
                // Two numbers may look the same when they are masked.
                firing.merge(Tags.of("rule", alert.rule(), "key", MaskedNumbers.text(alert.key())), 1L, Long::sum);
            }
        }
        gauge.register(
                firing.entrySet().stream()
                        .map(one -> MultiGauge.Row.of(one.getKey(), one.getValue()))
                        .toList(),
                true);
    }
}
