package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A question in SQL is answered, and changes nothing. A subclass names the database. */
public abstract class SqlQuestionContract {
    private static final StoredToken TOKEN = new StoredToken(
            "reader", new TokenHash("01ab"), TokenScope.READ, Instant.parse("2026-11-25T12:00:00Z"), null);

    protected abstract TestDatabase database();

    @BeforeEach
    void storeSomething() throws StoreException {
        database().store().addToken(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name FROM token",
                "  select name from token ; \n;",
                "SELECT name FROM token -- by name",
                "SELECT name /* ; */ FROM token WHERE name <> ';'",
                "WITH one AS (SELECT name FROM token) SELECT name FROM one",
                "SELECT name FROM token UNION SELECT name FROM token ORDER BY name",
                "SELECT '100 %s' AS name WHERE false UNION ALL SELECT name FROM token"
            })
    void aStatementThatReadsIsAnswered(String sql) throws Exception {
        assertThat(CollectedAnswer.of(database().reads(), sql))
                .hasSize(1)
                .first()
                .satisfies(row -> assertThat(row).containsEntry("name", "reader"));
    }

    @Test
    void valuesKeepTheirKinds() throws Exception {
        assertThat(
                        CollectedAnswer.of(
                                database().reads(),
                                "SELECT 7 AS a, 0.1 + 0.2 AS b, 'é;' AS c, NULL AS d, hash AS e, 'x' AS same, 'y' AS \"Same\" FROM token"))
                .singleElement()
                .satisfies(row -> assertThat(row.entrySet())
                        .extracting(Object::toString)
                        .containsExactly("a=7", "b=0.3", "c=é;", "d=null", "e=01ab", "same=x", "Same=y"));
    }

    @Test
    void rowsComeInTheOrderThatIsAskedFor() throws Exception {
        assertThat(CollectedAnswer.of(
                        database().reads(),
                        "SELECT n FROM (SELECT 2 AS n UNION SELECT 3 UNION SELECT 1) AS v ORDER BY n DESC LIMIT 2"))
                .extracting(row -> row.get("n"))
                .containsExactly("3", "2");
    }

    /** What each database has beside of what is refused on both. */
    protected abstract List<String> refusedHere();

    protected List<String> refused() {
        List<String> both = List.of(
                "",
                "INSERT INTO token SELECT * FROM token",
                "UPDATE token SET name = 'x'",
                "DELETE FROM token",
                "DELETE FROM token RETURNING name",
                "WITH gone AS (DELETE FROM token RETURNING name) SELECT name FROM gone",
                "DROP TABLE token",
                "CREATE TABLE mine (a INTEGER)",
                "CREATE TEMPORARY TABLE mine (a INTEGER)",
                "ALTER TABLE token RENAME TO mine",
                "SELECT 1; SELECT 2",
                "SELECT 1; DELETE FROM token",
                "SELECT 1); DELETE FROM token; SELECT (1",
                "SELECT 1) AS a; DELETE FROM token; SELECT * FROM (SELECT 1",
                "SELECT 1 AS a) AS a UNION SELECT a FROM (SELECT 2 AS a",
                "SELECT 1 /* ",
                "SELECT 'a",
                "BEGIN",
                "COMMIT",
                "ROLLBACK; DELETE FROM token",
                "VACUUM");
        return Stream.concat(both.stream(), refusedHere().stream()).toList();
    }

    @Test
    void everythingElseIsRefusedAndChangesNothing() throws Exception {
        for (String sql : refused()) {
            assertThatExceptionOfType(WrongSql.class)
                    .as(sql)
                    .isThrownBy(() -> CollectedAnswer.of(database().reads(), sql))
                    .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n", "Exception", "ERROR"));
            assertThat(database().reads().tokens()).as(sql).containsExactly(TOKEN);
        }
        assertThatExceptionOfType(WrongSql.class)
                .isThrownBy(() -> CollectedAnswer.of(database().reads(), "SELECT * FROM mine"))
                .withMessageContaining("mine");
    }

    @Test
    void theConnectionItselfCannotWrite() throws Exception {
        try (Connection connection = database().dialect().asker();
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.executeUpdate("DELETE FROM token"));
        }
        assertThat(database().reads().tokens()).containsExactly(TOKEN);
    }

    @Test
    void theConnectionsOfTheOtherReadsCannotWriteEither() throws Exception {
        HikariConfig readers = database().dialect().readers();
        try (HikariDataSource pool = new HikariDataSource(readers);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.executeUpdate("DELETE FROM token"));
        }
        assertThat(database().reads().tokens()).containsExactly(TOKEN);
    }

    /** The database's words for mistakes that people make. */
    protected abstract List<String[]> mistakes();

    @Test
    void aMistakeIsToldInTheDatabasesWords() {
        for (String[] mistake : mistakes()) {
            assertThatExceptionOfType(WrongSql.class)
                    .as(mistake[0])
                    .isThrownBy(() -> CollectedAnswer.of(database().reads(), mistake[0]))
                    .withMessage(mistake[1]);
        }
    }

    /** A question without an end: it is answered row by row, or never. */
    @Test
    void rowsAreHandedOnAsTheyCome() {
        int[] rows = {0};
        SqlAnswer impatient = new SqlAnswer() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public void row(List<@Nullable Object> values) throws IOException {
                if (++rows[0] == 10_000) {
                    throw new IOException("enough");
                }
            }

            @Override
            public void end() {}
        };
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> database()
                        .reads()
                        .ask(
                                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
                                impatient))
                .withMessage("enough");
    }
}
