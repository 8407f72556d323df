package dev.sendstatus.migrate;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.copy.Cell;
import dev.sendstatus.store.copy.CopiedMessage;
import dev.sendstatus.store.copy.CopiedRow;
import dev.sendstatus.store.copy.CopiedTable;
import dev.sendstatus.store.copy.CopyPlace;
import dev.sendstatus.store.copy.CopyRows;
import dev.sendstatus.store.copy.CopySource;
import dev.sendstatus.store.copy.CopyTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies a database into another and compares them. What was copied is kept with the place that was reached, so a migration that was cut
 * short goes on where it was; one whose source has changed since copies what came or changed. One thread, but for the comparison.
 */
public final class Migrator {
    private static final int MESSAGES_AT_ONCE = 2_000;
    private static final int SEGMENTS_AT_ONCE = 500;
    private static final long SEGMENT_BYTES_AT_ONCE = 4L << 20;

    private final CopySource source;
    private final CopyTarget target;
    private final Watcher watcher;
    private long highest;
    private long written;
    private long done;

    public Migrator(CopySource source, CopyTarget target, Watcher watcher) {
        this.source = source;
        this.target = target;
        this.watcher = watcher;
    }

    /** @throws CannotMigrate before anything was changed */
    public MigrationResult run() throws StoreException, CannotMigrate {
        Optional<CopyPlace> former = former();
        // Before the first reading: what comes between the two is then looked for once more, and not missed.
        CopyPlace place = begin(former, source.nextSequence());
        long size = source.size();
        if (!place.done()) {
            watcher.begins("copying", size);
            place = segments(messages(place));
        }
        for (CopiedTable table : CopiedTable.values()) {
            if (table != CopiedTable.SEGMENT) {
                target.replace(table, source);
            }
        }
        watcher.begins("indexing", 0);
        target.finish(Math.max(place.upTo(), highest + 1), place.finished());
        watcher.begins("comparing", size);
        try (CopySource copy = target.written()) {
            Comparison comparison = new Comparison(source, copy, watcher);
            comparison.run();
            MigrationResult result = new MigrationResult(
                    former.isPresent(),
                    written,
                    comparison.tables(),
                    comparison.differences(),
                    source.nextSequence() != place.upTo());
            if (result.complete()) {
                target.end();
            }
            return result;
        }
    }

    private Optional<CopyPlace> former() throws StoreException, CannotMigrate {
        if (source.identity().equals(target.identity())) {
            throw new CannotMigrate("The target is the configured database itself, or a copy of its file."
                    + " Name another database with --to.");
        }
        Optional<String> occupied = target.occupied();
        if (occupied.isPresent()) {
            throw new CannotMigrate("The target is not empty: it holds " + occupied.get()
                    + ". Name an empty database with --to, or empty this one.");
        }
        Optional<String> from = target.source();
        if (from.isPresent() && !from.get().equals(source.identity())) {
            throw new CannotMigrate("The target holds an unfinished migration from another database."
                    + " Name an empty database with --to, or empty this one.");
        }
        return target.place();
    }

    private CopyPlace begin(Optional<CopyPlace> former, long nextSequence) throws StoreException {
        if (former.isPresent() && former.get().upTo() == nextSequence) {
            return former.get();
        }
        CopyPlace place = former.map(earlier -> earlier.again(nextSequence)).orElse(CopyPlace.first(nextSequence));
        target.begin(source.identity(), place);
        return place;
    }

    private CopyPlace messages(CopyPlace from) throws StoreException {
        CopyPlace place = from;
        long last = from.messages();
        List<CopiedMessage> batch = new ArrayList<>(MESSAGES_AT_ONCE);
        try (CopyRows<CopiedMessage> rows = source.messages(from.messages())) {
            for (CopiedMessage row = rows.next(); row != null; row = rows.next()) {
                highest = Math.max(highest, row.lastSequence());
                last = row.id();
                done++;
                if (place.wants(row)) {
                    batch.add(row);
                    if (batch.size() == MESSAGES_AT_ONCE) {
                        place = write(batch, place);
                    }
                }
            }
        }
        return (batch.isEmpty() ? place : write(batch, place)).afterMessage(last);
    }

    private CopyPlace write(List<CopiedMessage> batch, CopyPlace place) throws StoreException {
        CopyPlace after = place.afterMessage(batch.get(batch.size() - 1).id());
        target.messages(batch, after);
        written += batch.size();
        batch.clear();
        watcher.at(done);
        return after;
    }

    private CopyPlace segments(CopyPlace from) throws StoreException {
        CopyPlace place = from;
        List<CopiedRow> batch = new ArrayList<>(SEGMENTS_AT_ONCE);
        long bytes = 0;
        try (CopyRows<CopiedRow> rows = source.segments(from.segments())) {
            for (CopiedRow row = rows.next(); row != null; row = rows.next()) {
                batch.add(row);
                bytes += size(row);
                done++;
                if (batch.size() == SEGMENTS_AT_ONCE || bytes >= SEGMENT_BYTES_AT_ONCE) {
                    place = writeSegments(batch, place);
                    bytes = 0;
                }
            }
        }
        return batch.isEmpty() ? place : writeSegments(batch, place);
    }

    private CopyPlace writeSegments(List<CopiedRow> batch, CopyPlace place) throws StoreException {
        CopyPlace after = place.afterSegment(number(batch.get(batch.size() - 1)));
        target.segments(batch, after);
        batch.clear();
        watcher.at(done);
        return after;
    }

    private static long number(CopiedRow segment) {
        if (segment.cells().get(0) instanceof Cell.Number first) {
            return first.value();
        }
        throw new IllegalArgumentException("a segment's first cell is its number");
    }

    private static long size(CopiedRow segment) {
        return segment.cells().get(3) instanceof Cell.Bytes body ? body.value().length : 0;
    }
}
