package dev.sendstatus.bench;

import dev.sendstatus.store.DatabaseSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The course of a burst until it is applied, looked at four times a second on a thread and a connection of its own. */
final class Course implements Runnable {
    private static final long LOOK_MILLIS = 250;

    private final DatabaseSettings database;
    private final List<Point> points = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread = new Thread(this, "course");

    /** @param accepted callbacks that were stored since the burst began @param applied events that were stored since then */
    record Point(double seconds, long accepted, long applied) {}

    Course(DatabaseSettings database) {
        this.database = database;
        thread.start();
    }

    @Override
    public void run() {
        try (Inbox inbox = new Inbox(database)) {
            long begun = System.nanoTime();
            long callbacks = inbox.callbacks();
            long events = inbox.events();
            while (true) {
                boolean last = stopped.get();
                points.add(new Point(
                        (System.nanoTime() - begun) / 1e9, inbox.callbacks() - callbacks, inbox.events() - events));
                if (last) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be looked at", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All until now. */
    List<Point> stop() throws InterruptedException {
        stopped.set(true);
        thread.join();
        return points;
    }
}
