package dev.sendstatus.migrate;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.CopiedTable;
import dev.sendstatus.store.jdbc.CopySide;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads the tables of two databases side by side, in the order of their keys, and names what differs. */
final class Comparison {
    private static final int ROWS_AT_ONCE = 500;
    private static final int LOOK_EVERY = 1_024;
    /** Of a table. */
    private static final int MOST_NAMED = 20;

    private final CopySide source;
    private final CopySide target;
    private final Migrator.Listener listener;
    private final List<MigrationResult.Compared> tables = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private long done;

    Comparison(CopySide source, CopySide target, Migrator.Listener listener) {
        this.source = source;
        this.target = target;
        this.listener = listener;
    }

    void run() throws StoreException {
        for (CopiedTable table : CopiedTable.values()) {
            compare(table);
        }
    }

    List<MigrationResult.Compared> tables() {
        return tables;
    }

    List<String> differences() {
        return differences;
    }

    private void compare(CopiedTable table) throws StoreException {
        List<String> found = new ArrayList<>();
        Side here = new Side(source, table);
        Side there = new Side(target, table);
        while (here.row != null || there.row != null) {
            int order = order(here.row, there.row, table.keys());
            if (order < 0) {
                say(found, here, " is not in the target");
            } else if (order > 0) {
                say(found, there, " is in the target only");
            } else if (!Arrays.deepEquals(here.row, there.row)) {
                say(found, here, " is not the same in the target");
            }
            if (order <= 0) {
                here.next();
                look();
            }
            if (order >= 0) {
                there.next();
            }
        }
        tables.add(new MigrationResult.Compared(table.word(), here.rows, there.rows, here.digest(), there.digest()));
        differences.addAll(found);
    }

    private void look() {
        if (++done % LOOK_EVERY == 0) {
            listener.at(done);
        }
    }

    /** As both databases sort: numbers by size, texts byte by byte. Null comes after everything. */
    private static int order(@Nullable Object @Nullable [] here, @Nullable Object @Nullable [] there, int keys) {
        if (here == null || there == null) {
            return Boolean.compare(here == null, there == null);
        }
        int order = 0;
        for (int i = 0; i < keys && order == 0; i++) {
            order = here[i] instanceof Long one && there[i] instanceof Long other
                    ? Long.compare(one, other)
                    : Arrays.compareUnsigned(utf8(here[i]), utf8(there[i]));
        }
        return order;
    }

    private static byte[] utf8(@Nullable Object key) {
        return String.valueOf(key).getBytes(StandardCharsets.UTF_8);
    }

    private static void say(List<String> found, Side side, String what) throws StoreException {
        if (found.size() < MOST_NAMED && side.row != null) {
            found.add(side.table.word() + label(side.table, side.database.names(side.table), side.row) + what);
        }
    }

    /** Identifies a row, without a person's number. */
    private static String label(CopiedTable table, List<String> names, @Nullable Object[] row) {
        List<String> telling =
                switch (table) {
                    case MESSAGE -> List.of("provider", "provider_id");
                    case RECIPIENT -> List.of("message_id");
                    default -> names.subList(0, table.keys());
                };
        StringJoiner label = new StringJoiner(" ", " ", "");
        telling.forEach(name -> label.add(String.valueOf(row[names.indexOf(name)])));
        return label.toString();
    }

    /** One side's rows of a table. The digest is a SHA-256 of what they say, each value with its kind and length. */
    private static final class Side {
        private final CopySide database;
        private final CopiedTable table;
        private final MessageDigest sha;
        private final Deque<@Nullable Object[]> read = new ArrayDeque<>();
        private long rows;
        private @Nullable Object @Nullable [] row;

        Side(CopySide database, CopiedTable table) throws StoreException {
            this.database = database;
            this.table = table;
            try {
                this.sha = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
            next();
        }

        void next() throws StoreException {
            if (read.isEmpty()) {
                read.addAll(database.rows(table, row, ROWS_AT_ONCE));
            }
            row = read.poll();
            if (row != null) {
                rows++;
                for (Object value : row) {
                    add(value);
                }
            }
        }

        private void add(@Nullable Object value) {
            ByteBuffer head = ByteBuffer.allocate(1 + Long.BYTES);
            if (value == null) {
                sha.update(head.put((byte) 'n').array());
            } else if (value instanceof Long number) {
                sha.update(head.put((byte) 'l').putLong(number).array());
            } else {
                boolean text = value instanceof String;
                byte[] bytes = text ? utf8(value) : (byte[]) value;
                sha.update(head.put((byte) (text ? 't' : 'b'))
                        .putLong(bytes.length)
                        .array());
                sha.update(bytes);
            }
        }

        String digest() {
            return HexFormat.of().formatHex(sha.digest());
        }
    }
}
