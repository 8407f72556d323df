package dev.sendstatus.migrate;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.copy.Cell;
import dev.sendstatus.store.copy.CopiedRow;
import dev.sendstatus.store.copy.CopiedTable;
import dev.sendstatus.store.copy.CopyRows;
import dev.sendstatus.store.copy.CopySource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Compares two databases row by row, and names what differs. The two sides are read at once, each by a thread. */
final class Comparison {
    private static final int LOOK_EVERY = 1_024;
    /** Each has some hundred rows of ten million. */
    private static final int MOST_BUCKETS = 16;

    private static final int MOST_NAMED = 20;

    private final Fingerprints source;
    private final Fingerprints target;
    private final Watcher watcher;
    private final List<ComparedTable> tables = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private long done;

    Comparison(CopySource source, CopySource target, Watcher watcher) throws StoreException {
        List<AccountName> accounts = new ArrayList<>(accounts(source));
        accounts.addAll(accounts(target));
        this.source = new Fingerprints(source, accounts);
        this.target = new Fingerprints(target, accounts);
        this.watcher = watcher;
    }

    private static List<AccountName> accounts(CopySource side) throws StoreException {
        List<AccountName> accounts = new ArrayList<>();
        try (CopyRows<CopiedRow> rows = side.rows(CopiedTable.ACCOUNT)) {
            for (CopiedRow row = rows.next(); row != null; row = rows.next()) {
                if (row.cells().get(0) instanceof Cell.Account account) {
                    accounts.add(account.name());
                }
            }
        }
        return accounts;
    }

    /** All rows of a table of one side. */
    @FunctionalInterface
    private interface Reading {
        void of(Fingerprints side, Fingerprints.Taker taker) throws StoreException;
    }

    void run() throws StoreException {
        compare("message", Fingerprints::messages);
        for (CopiedTable table : CopiedTable.values()) {
            compare(table.word(), (side, taker) -> side.rows(table, taker));
        }
    }

    List<ComparedTable> tables() {
        return tables;
    }

    List<String> differences() {
        return differences;
    }

    private void compare(String name, Reading reading) throws StoreException {
        TableDigest here = new TableDigest();
        TableDigest there = new TableDigest();
        beside(
                () -> reading.of(target, there::add),
                () -> reading.of(source, (label, digest) -> {
                    here.add(label, digest);
                    if (++done % LOOK_EVERY == 0) {
                        watcher.at(done);
                    }
                }));
        ComparedTable table = new ComparedTable(name, here.rows(), there.rows(), here.hex(), there.hex());
        tables.add(table);
        if (!table.equal()) {
            name(reading, here.differing(there, MOST_BUCKETS));
        }
    }

    /** What one side is read by. */
    @FunctionalInterface
    private interface Side {
        void read() throws StoreException;
    }

    private static void beside(Side other, Side own) throws StoreException {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            other.read();
            return true;
        });
        Thread thread = new Thread(task, "comparison");
        thread.setDaemon(true);
        thread.start();
        own.read();
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failed) {
                throw failed;
            }
            throw new IllegalStateException("comparing failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("comparing was interrupted", e);
        }
    }

    private void name(Reading reading, BitSet buckets) throws StoreException {
        Map<String, byte[]> here = new TreeMap<>();
        reading.of(source, (label, digest) -> {
            if (buckets.get(TableDigest.bucket(label))) {
                here.put(label, digest);
            }
        });
        List<String> found = new ArrayList<>();
        reading.of(target, (label, digest) -> {
            if (buckets.get(TableDigest.bucket(label))) {
                byte[] expected = here.remove(label);
                if (expected == null) {
                    found.add(label + " is in the target only");
                } else if (!Arrays.equals(expected, digest)) {
                    found.add(label + " is not the same in the target");
                }
            }
        });
        here.keySet().forEach(label -> found.add(label + " is not in the target"));
        found.stream().sorted().limit(MOST_NAMED).forEach(differences::add);
    }
}
