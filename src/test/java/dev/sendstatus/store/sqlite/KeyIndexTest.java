package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class KeyIndexTest {
    private static final String INSERT = "INSERT INTO message (id, key, account, history) VALUES (?, ?, 1, x'00')";
    /** Small enough that some thousand keys go through all levels. */
    private static final int MOST_RECENT = 100;

    private static final int[] MOST_STRETCHES = {0, 2, 6};

    @TempDir
    private Path folder;

    private SqliteFile file;
    private WriteConnection connection;
    private KeyIndexWriter index = writer(500);
    private final Map<Long, byte[]> keys = new HashMap<>();
    private long nextId = 1;

    /** @param known so many are read back in a transaction: few, so that others change meanwhile */
    private static KeyIndexWriter writer(int known) {
        return new KeyIndexWriter(new KeyFilter(known), MOST_RECENT, MOST_STRETCHES);
    }

    @BeforeEach
    void open() throws Exception {
        file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("test.db"), null, null));
        file.prepare();
        connection = new WriteConnection(file, new SqliteDictionary());
    }

    @AfterEach
    void close() {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyKeyIsFoundAndNoOther(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<byte[]> some = new ArrayList<>();
            for (int i = random.nextInt(200); i >= 0; i--) {
                some.add(key(random));
            }
            if (random.nextInt(20) == 0) {
                index = writer(20 + random.nextInt(2_000));
            }
            add(some);
            if (round % 20 == 0) {
                requireAllFound();
            }
        }
        requireAllFound();
        assertThat(levels()).as("keys by level").containsKey(KeyIndex.LAST_LEVEL);
        assertThat(levels().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(keys.size());
        for (int i = 0; i < 1_000; i++) {
            byte[] unknown = key(random);
            assertThat(find(unknown)).isZero();
            assertThat(knows(unknown)).isFalse();
        }
    }

    /** A look-up reads one stretch of a level: keys of one hash must not be divided between two. */
    @Test
    void keysOfOneHashAreAllFound() throws Exception {
        Random random = new Random(7);
        Map<Long, byte[]> byHash = new HashMap<>();
        List<byte[]> alike = new ArrayList<>();
        while (alike.size() < 6) {
            byte[] key = key(random);
            byte[] other = byHash.put(KeyEntries.hash(key), key);
            if (other != null) {
                alike.add(key);
                alike.add(other);
            }
        }
        for (byte[] key : alike) {
            add(List.of(key));
        }
        requireAllFound();
        for (int i = 0; i < 30; i++) {
            List<byte[]> some = new ArrayList<>();
            for (int j = 0; j < 101; j++) {
                some.add(key(random));
            }
            add(some);
        }
        requireAllFound();
    }

    @Test
    void whatWasRolledBackIsNotFound() throws Exception {
        byte[] kept = {1, 2, 3};
        byte[] lost = {4, 5, 6};
        add(List.of(kept));
        try {
            connection.append("failing", c -> {
                insert(c, lost, 99);
                index.flush(c);
                throw new SQLException("on purpose");
            });
        } catch (StoreException e) {
            index.forget();
        }
        assertThat(find(kept)).isEqualTo(1);
        assertThat(find(lost)).isZero();
        assertThat(knows(lost)).isFalse();
    }

    @Test
    void whatAnotherProcessHasWrittenIsFound() throws Exception {
        Random random = new Random(5);
        KeyIndexWriter one = writer(500);
        KeyIndexWriter other = writer(500);
        for (int round = 0; round < 10; round++) {
            index = round % 2 == 0 ? one : other;
            index.forget();
            addSome(random, 5);
        }
        one.forget();
        index = one;
        addSome(random, 20);
        requireAllFound();
    }

    /** Retention removes the oldest messages and leaves their keys to the merging. */
    @Test
    void keysOfRemovedMessagesAreNotFoundAndGoInTime() throws Exception {
        Random random = new Random(3);
        addSome(random, 60);
        connection.append(
                "removing",
                c -> c.prepared("DELETE FROM message WHERE id <= 3000").executeUpdate());
        keys.keySet().removeIf(id -> id <= 3_000);
        requireAllFound();
        addSome(random, 120);
        requireAllFound();
        int entries = levels().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(entries).as("entries for %d keys", keys.size()).isLessThan(keys.size() + 1_500);
    }

    private void addSome(Random random, int rounds) throws Exception {
        for (int i = 0; i < rounds; i++) {
            List<byte[]> some = new ArrayList<>();
            for (int j = 0; j < 100; j++) {
                some.add(key(random));
            }
            add(some);
        }
    }

    private static byte[] key(Random random) {
        return ByteBuffer.allocate(9).put((byte) 1).putLong(random.nextLong()).array();
    }

    private void add(List<byte[]> some) throws StoreException {
        connection.append("adding keys", c -> {
            for (byte[] key : some) {
                keys.put(nextId, key);
                insert(c, key, nextId++);
            }
            index.flush(c);
            return some.size();
        });
    }

    private void insert(WriteConnection c, byte[] key, long id) throws SQLException {
        PreparedStatement insert = c.prepared(INSERT);
        insert.setLong(1, id);
        insert.setBytes(2, key);
        insert.executeUpdate();
        assertThat(id(index.find(c, key))).as("a key that is new").isZero();
        index.add(c, key, id);
    }

    private void requireAllFound() throws Exception {
        try (Connection reader = DriverManager.getConnection(file.url());
                Statements statements = new Statements(reader)) {
            for (Map.Entry<Long, byte[]> entry : keys.entrySet()) {
                assertThat(id(KeyIndex.find(statements, entry.getValue()))).isEqualTo(entry.getKey());
            }
        }
        connection.append("looking", c -> {
            for (Map.Entry<Long, byte[]> entry : keys.entrySet()) {
                assertThat(id(index.find(c, entry.getValue()))).isEqualTo(entry.getKey());
            }
            return keys.size();
        });
    }

    /** What the writer itself says. */
    private boolean knows(byte[] key) throws StoreException {
        return connection.append("looking", c -> index.find(c, key) != null);
    }

    private long find(byte[] key) throws SQLException {
        try (Connection reader = DriverManager.getConnection(file.url());
                Statements statements = new Statements(reader)) {
            return id(KeyIndex.find(statements, key));
        }
    }

    /** 0 for none. */
    private static long id(KeyIndex.@Nullable Found found) {
        return found == null ? 0 : found.id();
    }

    /** How many keys each level has that has any. */
    private Map<Integer, Integer> levels() throws SQLException {
        Map<Integer, Integer> sizes = new HashMap<>();
        try (Connection reader = DriverManager.getConnection(file.url());
                Statement statement = reader.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT place >> 32, sum(length(entries)) / 9 FROM key_run GROUP BY place >> 32")) {
            while (rows.next()) {
                sizes.put(rows.getInt(1), rows.getInt(2));
            }
        }
        return sizes;
    }
}
