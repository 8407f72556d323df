package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.store.sqlite.SqliteReads;

/** Opens the configured database for reading, beside a running server or without one. */
final class OpenReads {
    private OpenReads() {}

    static Reads of(Configuration configuration) throws CommandFailed {
        try {
            return SqliteReads.open(SqliteFile.of(configuration.database()));
        } catch (StoreException e) {
            throw new CommandFailed("Cannot read the database: " + e.getMessage());
        }
    }
}
