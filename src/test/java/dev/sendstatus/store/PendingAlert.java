package dev.sendstatus.store;

import java.time.Instant;
import java.util.List;

/** An alert that has been seen once and not told yet. */
public final class PendingAlert {
    private PendingAlert() {}

    public static Alert of(String rule, String key, Severity severity, Instant since) {
        return new Alert(
                0,
                rule,
                key,
                Alert.State.PENDING,
                severity,
                since,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                "text",
                "advice",
                null,
                null,
                null,
                null);
    }
}
