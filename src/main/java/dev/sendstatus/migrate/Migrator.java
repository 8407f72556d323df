package dev.sendstatus.migrate;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.CopiedTable;
import dev.sendstatus.store.jdbc.CopyDialect;
import dev.sendstatus.store.jdbc.CopySide;
import dev.sendstatus.store.jdbc.CopyTarget;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies a database into another and compares them, while nobody can write to the source. A migration that was cut short goes on where it
 * was; one whose source has changed since begins anew. One thread.
 */
public final class Migrator {
    private final CopySide source;
    private final CopyTarget target;
    private final Listener listener;
    private final int rowsAtOnce;
    private long messages;
    private long done;

    /** Hears how far a migration is. Called by one thread. */
    public interface Listener {
        /**
         * A part of the work begins.
         *
         * @param part copying, indexing or comparing
         * @param total how many rows it goes through, about; 0 if that is not known
         */
        void begins(String part, long total);

        /** So many rows of that part are done. */
        void at(long rows);
    }

    private Migrator(CopySide source, CopyTarget target, Listener listener, int rowsAtOnce) {
        this.source = source;
        this.target = target;
        this.listener = listener;
        this.rowsAtOnce = rowsAtOnce;
    }

    /** @throws CannotMigrate before anything was changed */
    public static MigrationResult run(CopyDialect from, CopyDialect to, Listener listener)
            throws StoreException, CannotMigrate {
        return run(from, to, listener, 500);
    }

    static MigrationResult run(CopyDialect from, CopyDialect to, Listener listener, int rowsAtOnce)
            throws StoreException, CannotMigrate {
        String configured = "The configured database";
        String other = "The target";
        if (identity(configured, from).equals(identity(other, to))) {
            throw new CannotMigrate("The target is the configured database itself, or a copy of its file."
                    + " Name another database with --to.");
        }
        try (CopySide source = opened(configured, () -> CopySide.source(from));
                CopyTarget target = opened(other, () -> new CopyTarget(to))) {
            return new Migrator(source, target, listener, rowsAtOnce).run();
        }
    }

    private static String identity(String which, CopyDialect dialect) throws CannotMigrate {
        return opened(which, () -> {
            if (dialect.isInUse()) {
                throw new CannotMigrate(which + " is in use: stop the servers and commands that have it open,"
                        + " then run this again.");
            }
            dialect.prepare();
            try (CopySide side = CopySide.source(dialect)) {
                return side.identity();
            }
        });
    }

    /** Opens one side. */
    @FunctionalInterface
    private interface Opening<T> {
        T open() throws StoreException, CannotMigrate;
    }

    private static <T> T opened(String which, Opening<T> opening) throws CannotMigrate {
        try {
            return opening.open();
        } catch (StoreException e) {
            throw new CannotMigrate(which + " cannot be opened: " + e.getMessage()
                    + "\nIts user and password stand in the URL (?user=…&password=…) or in SENDSTATUS_DATABASE_USER and"
                    + " SENDSTATUS_DATABASE_PASSWORD.");
        }
    }

    private MigrationResult run() throws StoreException, CannotMigrate {
        CopyTarget.Begun now = new CopyTarget.Begun(source.identity(), source.state());
        boolean resumed = begin(now);
        long size = 0;
        long left = 0;
        for (CopiedTable table : CopiedTable.values()) {
            long rows = source.count(table);
            size += rows;
            left += table.large() ? rows - target.count(table) : rows;
        }
        listener.begins("copying", left);
        for (CopiedTable table : CopiedTable.values()) {
            copy(table);
        }
        listener.begins("indexing", 0);
        target.finish(source.numbers());
        listener.begins("comparing", size);
        Comparison comparison = new Comparison(source, target, listener);
        comparison.run();
        MigrationResult result = new MigrationResult(resumed, messages, comparison.tables(), comparison.differences());
        if (result.complete()) {
            target.end();
        } else {
            target.spoil();
        }
        return result;
    }

    /** @return whether there is something to go on with */
    private boolean begin(CopyTarget.Begun now) throws StoreException, CannotMigrate {
        Optional<CopyTarget.Begun> former = target.begun();
        if (former.isPresent()) {
            if (!former.get().source().equals(now.source())) {
                throw new CannotMigrate("The target holds an unfinished migration from another database."
                        + " Name an empty database with --to, or empty this one.");
            }
            if (former.get().equals(now)) {
                return true;
            }
        } else {
            Optional<CopiedTable> occupied = target.occupied();
            if (occupied.isPresent()) {
                throw new CannotMigrate("The target is not empty: it holds rows of the table "
                        + occupied.get().word() + ". Name an empty database with --to, or empty this one.");
            }
        }
        target.begin(now);
        return false;
    }

    private void copy(CopiedTable table) throws StoreException {
        if (!table.large()) {
            target.empty(table);
        }
        List<String> names = source.names(table);
        List<@Nullable Object[]> rows = source.rows(table, target.lastKey(table), rowsAtOnce);
        while (!rows.isEmpty()) {
            target.insert(table, names, rows);
            done += rows.size();
            messages += table == CopiedTable.MESSAGE ? rows.size() : 0;
            listener.at(done);
            rows = source.rows(table, rows.get(rows.size() - 1), rowsAtOnce);
        }
    }
}
