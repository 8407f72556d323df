package dev.sendstatus.register;

import dev.sendstatus.register.SendFile.SendSource;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Sends as lines of JSON; blank lines are passed over. */
public final class JsonLines implements SendSource {
    private final LineReader lines;
    private final SendReader reader;
    private long line;

    public JsonLines(InputStream in, SendReader reader) {
        this.lines = new LineReader(in);
        this.reader = reader;
    }

    @Override
    public SendItem.@Nullable Numbered next() throws IOException {
        LineReader.Line next = lines.next();
        while (next != null) {
            line++;
            if (!next.isBlank()) {
                return new SendItem.Numbered(line, reader.line(next.bytes()));
            }
            next = lines.next();
        }
        return null;
    }
}
