package dev.sendstatus.config;

import dev.sendstatus.store.DatabaseSettings;
import java.nio.file.Path;

/** A database that is named on the command line, beside the configured one. */
public final class OtherDatabase {
    private OtherDatabase() {}

    /**
     * @param folder what a relative path is relative to
     * @param configured whose user and password are used where the URL has none of its own
     * @throws IllegalArgumentException if the URL is none that can be used; the message says what to write
     */
    public static DatabaseSettings of(String url, Path folder, DatabaseSettings configured) {
        try {
            return new DatabaseSettings(DatabaseUrl.read(url, folder).url(), configured.user(), configured.password());
        } catch (Unfit e) {
            throw new IllegalArgumentException(e.remedy(), e);
        }
    }

    /** A URL without what may be secret in it. */
    public static String shown(DatabaseSettings database) {
        return DatabaseUrl.shown(database.url());
    }
}
