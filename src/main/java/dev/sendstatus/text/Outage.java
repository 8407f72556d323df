package dev.sendstatus.text;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/**
 * Logs once that somebody waits for something, and once that it is there again, however often it is tried between. Safe for
 * several threads.
 */
public final class Outage {
    private final Logger log;
    private final String who;
    private final String what;
    private final AtomicBoolean lasting = new AtomicBoolean();

    /** @param who waits, as in "{@code who} waits for {@code what}" */
    public Outage(Logger log, String who, String what) {
        this.log = log;
        this.who = who;
        this.what = what;
    }

    public void lasts(String reason) {
        if (!lasting.getAndSet(true)) {
            log.warn("{} waits for {}: {}", who, what, reason);
        }
    }

    public void isOver() {
        if (lasting.getAndSet(false)) {
            log.info("{} goes on: {} is there again", who, what);
        }
    }
}
