package dev.sendstatus.alert;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * @param off words of rules that are switched off
 * @param remind how often one that lasts is told again
 * @param heartbeat is fetched after each evaluation, so that others notice our own death; null if nobody waits for it
 */
public record AlertSettings(
        Set<String> off, Duration remind, @Nullable URI heartbeat) {
    public AlertSettings {
        off = Set.copyOf(off);
    }
}
