package dev.sendstatus.bench;

import dev.sendstatus.store.DatabaseSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks into a database again and again until it is told to stop, on a thread and a connection of its own. */
final class Looks<T> implements Runnable {
    private final DatabaseSettings database;
    private final long pauseMillis;
    private final Look<T> look;
    private final List<T> seen = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread = new Thread(this, "looks");

    /** One look. */
    @FunctionalInterface
    interface Look<T> {
        /** @param seconds since the first look */
        T at(Inbox inbox, double seconds) throws SQLException;
    }

    Looks(DatabaseSettings database, long pauseMillis, Look<T> look) {
        this.database = database;
        this.pauseMillis = pauseMillis;
        this.look = look;
        thread.start();
    }

    @Override
    public void run() {
        try (Inbox inbox = new Inbox(database)) {
            long begun = System.nanoTime();
            boolean last;
            do {
                last = stopped.get();
                seen.add(look.at(inbox, (System.nanoTime() - begun) / 1e9));
                TimeUnit.MILLISECONDS.sleep(last ? 0 : pauseMillis);
            } while (!last);
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be looked at", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What all looks saw; one more is taken. */
    List<T> stop() throws InterruptedException {
        stopped.set(true);
        thread.join();
        return seen;
    }
}
