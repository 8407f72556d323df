package dev.sendstatus.ingest;

import dev.sendstatus.store.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Counts that are in memory and not yet in the database. A duty adds them to it every few seconds, so that a crash loses some seconds of them.
 * Any thread.
 *
 * @param <K> one count's name
 * @param <V> the count, with the facts that are told of it
 */
public final class Unsaved<K, V> {
    /** Of names; providers document some hundreds of error codes. Names beyond it are not counted until the next save. */
    private static final int MOST = 4_096;

    private final BinaryOperator<V> sum;
    private final Map<K, V> values = new HashMap<>();

    /** Adds counts to those in the database. */
    @FunctionalInterface
    public interface Destination<V> {
        void add(List<V> values) throws StoreException;
    }

    public Unsaved(BinaryOperator<V> sum) {
        this.sum = sum;
    }

    public synchronized void add(K name, V value) {
        if (values.containsKey(name) || values.size() < MOST) {
            values.merge(name, value, sum);
        }
    }

    /** Hands on the counts since the last call. Counts that cannot be stored are kept for the next. */
    public void save(Destination<V> destination) throws StoreException {
        Map<K, V> taken;
        synchronized (this) {
            taken = Map.copyOf(values);
            values.clear();
        }
        boolean saved = false;
        try {
            destination.add(List.copyOf(taken.values()));
            saved = true;
        } finally {
            if (!saved) {
                taken.forEach(this::add);
            }
        }
    }
}
