package dev.sendstatus.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operations.md promises about two versions on one database. */
class UpgradeTest {
    /** What a later version would have done: it adds, and notes it. */
    private static final String NEXT_VERSION = """
            ALTER TABLE message ADD COLUMN something_new INTEGER;
            CREATE TABLE something_else (id INTEGER PRIMARY KEY);
            INSERT INTO flyway_schema_history
                (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                SELECT max(installed_rank) + 1, '9999', 'next', 'SQL', 'V9999__next.sql', 1, 'test', 1, 1
                FROM flyway_schema_history""";

    @TempDir
    private Path folder;

    private void bringToTheNextVersion() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/sendstatus.db"));
                Statement statement = connection.createStatement()) {
            for (String one : NEXT_VERSION.split(";", -1)) {
                statement.executeUpdate(one);
            }
        }
    }

    @Test
    void aServerThatRunsGoesOnWhenTheNextVersionAddsToItsTables() throws Exception {
        try (RunningServer server = new RunningServer(folder)) {
            bringToTheNextVersion();
            assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aServerOfTheVersionBeforeDoesNotStartOnThem() throws Exception {
        new RunningServer(folder).close();
        bringToTheNextVersion();
        assertThatThrownBy(() -> new RunningServer(folder))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("is of a newer Sendstatus");
    }
}
