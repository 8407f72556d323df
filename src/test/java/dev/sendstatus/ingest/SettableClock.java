package dev.sendstatus.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The real time, moved on by what a test says. */
public final class SettableClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    public void forward(Duration time) {
        ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }
}
