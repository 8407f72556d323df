package dev.sendstatus.store;

import dev.sendstatus.text.Outage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A duty that has a turn every few seconds. A turn that fails is logged and ends none of those after it. One thread. */
public final class RepeatedDuty implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedDuty.class);

    private final String name;
    private final Turn turn;
    private final Outage outage;

    /** One turn. */
    @FunctionalInterface
    public interface Turn {
        void run() throws StoreException;
    }

    /** @param name as the log tells it */
    public RepeatedDuty(String name, Turn turn) {
        this.name = name;
        this.turn = turn;
        this.outage = new Outage(LOG, name, "the database");
    }

    @Override
    public void run() {
        try {
            turn.run();
            outage.isOver();
        } catch (StoreException.Unavailable e) {
            outage.lasts(String.valueOf(e.getMessage()));
        } catch (StoreException | RuntimeException | Error e) {
            LOG.error("{} failed and is tried again", name, e);
        }
    }
}
