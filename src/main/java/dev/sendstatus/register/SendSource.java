package dev.sendstatus.register;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of sends, read row after row. One thread. */
public interface SendSource {

    /**
     * The next row, with its line; null at the end.
     *
     * @throws UnreadableSends if nothing after this can be read
     */
    @Nullable
    NumberedItem next() throws IOException, UnreadableSends;
}
