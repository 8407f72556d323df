package dev.sendstatus.register;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of sends, read row after row. One thread. */
public interface SendSource {

    /** The next row, with its line, good or bad; null at the end. */
    SendItem.@Nullable Numbered next() throws IOException;
}
