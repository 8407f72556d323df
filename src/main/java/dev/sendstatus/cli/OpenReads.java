package dev.sendstatus.cli;

import dev.sendstatus.app.Database;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.StoreException;

/** Opens the configured database for reading, beside a running server or without one. */
final class OpenReads {
    private OpenReads() {}

    static Reads of(Configuration configuration) throws CommandFailed {
        try {
            return Database.of(configuration.database()).reads();
        } catch (StoreException e) {
            throw new CommandFailed("Cannot read the database: " + e.getMessage());
        }
    }
}
