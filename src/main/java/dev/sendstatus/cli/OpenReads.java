package dev.sendstatus.cli;

import dev.sendstatus.app.Database;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;

/** Opens the configured database for reading, beside a running server or without one. */
final class OpenReads {
    private OpenReads() {}

    static Reads of(Configuration configuration) throws CommandFailed {
        try {
            Database database = Database.of(configuration.database());
            Reads reads = Reads.open(database.dialect());
            boolean done = false;
            try {
                CatchUp.run(database, reads);
                done = true;
                return reads;
            } finally {
                if (!done) {
                    reads.close();
                }
            }
        } catch (StoreException e) {
            throw new CommandFailed("Cannot read the database: " + e.getMessage());
        }
    }
}
