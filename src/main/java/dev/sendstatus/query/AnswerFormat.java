package dev.sendstatus.query;

import dev.sendstatus.store.SqlAnswer;
import java.io.Writer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The forms of an answer to a question in SQL. */
public enum AnswerFormat {
    /** For a person: columns side by side. */
    TABLE(AnswerTable::new),
    /** RFC 4180. */
    CSV(AnswerCsv::new),
    /** An array with an object a line. */
    JSON(AnswerJson::new);

    private final Function<Writer, SqlAnswer> answer;

    AnswerFormat(Function<Writer, SqlAnswer> answer) {
        this.answer = answer;
    }

    /** Writes the answer there, which stays open. */
    public SqlAnswer to(Writer out) {
        return answer.apply(out);
    }

    /** Empty for any other word. */
    public static Optional<AnswerFormat> of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
