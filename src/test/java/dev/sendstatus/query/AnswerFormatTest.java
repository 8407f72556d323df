package dev.sendstatus.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.SqlAnswer;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerFormatTest {
    private static final List<String> COLUMNS = List.of("id", "failed", "cost", "conflict");
    private static final List<List<@Nullable Object>> ROWS = List.of(
            Arrays.asList("SM1", 7, new BigDecimal("0.0045"), true),
            Arrays.asList("message of 1", 12_345L, new BigDecimal("1E+3"), false),
            Arrays.asList(null, null, null, null));

    private static String written(AnswerFormat format, List<String> columns, List<List<@Nullable Object>> rows)
            throws IOException {
        StringWriter out = new StringWriter();
        SqlAnswer answer = format.to(out);
        answer.columns(columns);
        for (List<@Nullable Object> row : rows) {
            answer.row(row);
        }
        answer.end();
        return out.toString();
    }

    @Test
    void tableHasNumbersToTheRightAndNothingForNull() throws IOException {
        assertThat(written(AnswerFormat.TABLE, COLUMNS, ROWS)).isEqualTo("""
                id            failed    cost  conflict
                SM1                7  0.0045  true
                message of 1   12345    1000  false

                """);
    }

    @Test
    void csvQuotesWhatNeedsIt() throws IOException {
        assertThat(written(AnswerFormat.CSV, COLUMNS, ROWS))
                .isEqualTo("id,failed,cost,conflict\r\nSM1,7,0.0045,true\r\nmessage of 1,12345,1000,false\r\n,,,\r\n");
        assertThat(written(AnswerFormat.CSV, List.of("a, b"), List.of(List.of("say \"yes\"\n"))))
                .isEqualTo("\"a, b\"\r\n\"say \"\"yes\"\"\n\"\r\n");
    }

    @Test
    void csvHoldsNoTextThatRunsAsAFormula() throws IOException {
        assertThat(written(
                        AnswerFormat.CSV,
                        List.of("sender", "change", "recipient"),
                        List.of(List.of("=HYPERLINK(1)", -5, "+12025550123"))))
                .isEqualTo("sender,change,recipient\r\n'=HYPERLINK(1),-5,+12025550123\r\n");
    }

    @Test
    void jsonIsAnArrayWithAnObjectALine() throws IOException {
        assertThat(written(AnswerFormat.JSON, COLUMNS, ROWS)).isEqualTo("""
                [
                {"id":"SM1","failed":7,"cost":0.0045,"conflict":true},
                {"id":"message of 1","failed":12345,"cost":1000,"conflict":false},
                {"id":null,"failed":null,"cost":null,"conflict":null}
                ]
                """);
    }

    @Test
    void jsonTellsColumnsOfOneNameApart() throws IOException {
        assertThat(written(AnswerFormat.JSON, List.of("id", "id", "id_2"), List.of(List.of(1, 2, 3))))
                .isEqualTo("[\n{\"id\":1,\"id_2\":2,\"id_2_2\":3}\n]\n");
    }

    @Test
    void answerWithoutRowsIsWholeAllTheSame() throws IOException {
        assertThat(written(AnswerFormat.TABLE, COLUMNS, List.of())).isEqualTo("id  failed  cost  conflict\n");
        assertThat(written(AnswerFormat.CSV, COLUMNS, List.of())).isEqualTo("id,failed,cost,conflict\r\n");
        assertThat(written(AnswerFormat.JSON, COLUMNS, List.of())).isEqualTo("[]\n");
    }

    @Test
    void tableKeepsItsShapeWhateverTextsHold() throws IOException {
        String eighty = "é".repeat(80);
        assertThat(written(
                        AnswerFormat.TABLE,
                        List.of("text", "n"),
                        List.of(List.of(eighty, 1), List.of("a\n\u001b[2Jb", 2))))
                .isEqualTo("text" + " ".repeat(57) + "  n\n" + "é".repeat(60) + "…  1\na  [2Jb" + " ".repeat(54)
                        + "  2\n");
    }

    @Test
    void tableGoesOnAfterTheRowsThatDecideItsWidth() throws IOException {
        StringWriter out = new StringWriter();
        SqlAnswer answer = AnswerFormat.TABLE.to(out);
        answer.columns(List.of("n"));
        for (int i = 1; i <= 1_000; i++) {
            answer.row(List.of(i));
        }
        assertThat(out.toString())
                .as("is not held back")
                .startsWith("   n\n   1\n")
                .endsWith("\n1000\n");
        answer.row(List.of(7));
        answer.row(List.of(12_345));
        answer.end();
        assertThat(out.toString()).endsWith("\n1000\n   7\n12345\n");
    }
}
