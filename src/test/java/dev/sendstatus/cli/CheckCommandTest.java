package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    private static final String SOUND = "4 messages checked: all are stored as their events say.\n";

    @TempDir
    private Path folder;

    private TwilioHome home;

    @BeforeEach
    void fill() throws Exception {
        home = TwilioHome.fill(folder);
    }

    @Test
    void aSoundDatabaseIsExitCodeZero() {
        assertThat(home.run("check")).isEqualTo(new CliRun(0, SOUND, ""));
    }

    @Test
    void aRowThatWasChangedBehindItsBackIsToldWithItsMessage() throws Exception {
        try (Connection other = DriverManager.getConnection(home.database());
                Statement statement = other.createStatement()) {
            statement.execute("UPDATE message SET status = 'DELIVERED' WHERE provider_id = 'SM3'");
        }
        CliRun run = home.run("check");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("twilio SM3: status: DELIVERED, by its events SENT\n");
        assertThat(run.err()).startsWith("4 messages checked, 1 fault found.").contains("Make a backup");
    }

    @Test
    void aDamagedPageOfAnIndexIsToldInSqlitesWords() throws Exception {
        damage("callback_received", 8);
        CliRun run = home.run("check");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("the database's file: ")
                .contains("the database's file: row 1 missing from index callback_received\n");
        assertThat(run.err())
                .startsWith("4 messages checked, ")
                .contains("faults found. If nobody changed rows by hand");
    }

    /** SQLite's own check ends there. */
    @Test
    void aPageOfAnIndexWithoutItsHeadIsToldAsWell() throws Exception {
        damage("callback_received", 0);
        CliRun run = home.run("check");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("the database's file: ")
                .endsWith("the database's file: database disk image is malformed\n");
        assertThat(run.err()).startsWith("4 messages checked, ");
    }

    @Test
    void onATerminalABarShowsHowFarItIs() {
        PrintStream before = System.err;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
            CliRun run = home.run(new StringWriter(), new CliContext.Terminal(false, true, 80, false), "check");
            assertThat(run).isEqualTo(new CliRun(0, SOUND, ""));
        } finally {
            System.setErr(before);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("messages", "100%", "file");
    }

    /** Overwrites the index's first page, but for so many bytes. */
    private void damage(String index, int kept) throws Exception {
        long size = number("PRAGMA page_size");
        long page = number("SELECT rootpage FROM sqlite_schema WHERE name = '" + index + "'");
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("test.db").toFile(), "rw")) {
            file.seek((page - 1) * size + kept);
            file.write(new byte[(int) size - kept]);
        }
    }

    private long number(String sql) throws Exception {
        try (Connection other = DriverManager.getConnection(home.database());
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getLong(1);
        }
    }
}
