package dev.sendstatus.bench;

import dev.sendstatus.app.Database;
import dev.sendstatus.migrate.ComparedTable;
import dev.sendstatus.migrate.MigrationResult;
import dev.sendstatus.migrate.Migrator;
import dev.sendstatus.migrate.Watcher;
import dev.sendstatus.store.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How long a database made by {@code fill} takes to PostgreSQL, and back to SQLite. Prints each part and, last, a line of JSON. */
public final class MigrationBench {
    private MigrationBench() {}

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        try (BenchFolder folder = BenchFolder.make();
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("shared_buffers", "256MB")
                        .setServerConfig("max_wal_size", "2GB")
                        .setOverrideWorkingDirectory(folder.path().toFile())
                        .setDataDirectory(folder.path().resolve("postgres"))
                        .start()) {
            Database source = sqlite(Path.of(arguments[0]));
            Database middle = Database.of(new DatabaseSettings(
                    "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", "postgres", ""));
            String there = migrate("to_postgresql", source, middle);
            String back = migrate("to_sqlite", middle, sqlite(folder.path().resolve("back.db")));
            System.out.println("{" + there + "," + back + "}");
        }
    }

    private static Database sqlite(Path file) {
        return Database.of(new DatabaseSettings("jdbc:sqlite:" + file, null, null));
    }

    /** When each part began. */
    private static final class Parts implements Watcher {
        private final Map<String, Long> begun = new LinkedHashMap<>();

        @Override
        public void begins(String what, long total) {
            begun.put(what, System.nanoTime());
        }

        @Override
        public void at(long rows) {}
    }

    private static String migrate(String name, Database from, Database to) throws Exception {
        Parts parts = new Parts();
        MigrationResult result = Migrator.run(from.copyDialect(), to.copyDialect(), parts);
        parts.begins("end", 0);
        if (!result.complete()) {
            throw new IllegalStateException("not equal: " + result.differences());
        }
        long messages = result.tables().stream()
                .filter(table -> table.name().equals("message"))
                .mapToLong(ComparedTable::sourceRows)
                .sum();
        StringBuilder json = new StringBuilder("\"%s\":{\"messages\":%d".formatted(name, messages));
        String part = null;
        long since = 0;
        for (Map.Entry<String, Long> next : parts.begun.entrySet()) {
            if (part != null) {
                double seconds = (next.getValue() - since) / 1e9;
                System.out.printf("%-14s %-10s %8.1f s %,10.0f messages/s%n", name, part, seconds, messages / seconds);
                json.append(",\"%s_seconds\":%.1f".formatted(part, seconds));
            }
            part = next.getKey();
            since = next.getValue();
        }
        return json.append('}').toString();
    }
}
