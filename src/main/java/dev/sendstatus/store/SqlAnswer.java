package dev.sendstatus.store;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the answer to a question in SQL, row by row. Called by one thread, in the order of the methods. */
public interface SqlAnswer {

    /** The names of the columns; the same one may stand there twice. */
    void columns(List<String> names) throws IOException;

    /** A {@link Number}, {@link Boolean} or {@link String} for each column, or null; a time is a text in UTC. */
    void row(List<@Nullable Object> values) throws IOException;

    /** After the last row. Not called where the answer was cut short. */
    void end() throws IOException;
}
