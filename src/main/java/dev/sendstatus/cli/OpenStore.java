package dev.sendstatus.cli;

import dev.sendstatus.app.Database;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;

/** Opens the configured database for writing, beside a running server or without one; makes it where there is none. */
final class OpenStore {
    private OpenStore() {}

    static Store of(Configuration configuration) throws CommandFailed {
        try {
            return Store.open(Database.of(configuration.database()).dialect());
        } catch (StoreException e) {
            throw new CommandFailed("Cannot open the database: " + e.getMessage());
        }
    }
}
