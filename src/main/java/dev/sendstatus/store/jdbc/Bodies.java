package dev.sendstatus.store.jdbc;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the bodies of callbacks, each by itself, by zstd with a dictionary that was trained with callbacks of all providers: without
 * it a body of some hundred bytes hardly shrinks. An empty body stays empty. Any thread.
 */
final class Bodies {
    /** Stored bodies name the id of their dictionary: another one takes the next number in its name and as its id, beside this one. */
    private static final String RESOURCE = "callbacks-1.dictionary";

    private static final int LEVEL = 3;
    private static final byte[] EMPTY = {};
    private static final byte[] DICTIONARY = dictionary();

    private static final ThreadLocal<ZstdCompressCtx> COMPRESSORS = ThreadLocal.withInitial(
            () -> new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true).loadDict(DICTIONARY));
    private static final ThreadLocal<ZstdDecompressCtx> DECOMPRESSORS =
            ThreadLocal.withInitial(() -> new ZstdDecompressCtx().loadDict(DICTIONARY));

    private Bodies() {}

    private static byte[] dictionary() {
        try (InputStream in = Bodies.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: it lacks " + RESOURCE);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] compressed(byte[] body) {
        return body.length == 0 ? EMPTY : COMPRESSORS.get().compress(body);
    }

    /** @throws SQLException if the bytes are damaged */
    static byte[] decompressed(byte @Nullable [] stored) throws SQLException {
        // SQLite's driver gives null for an empty value.
        if (stored == null || stored.length == 0) {
            return EMPTY;
        }
        try {
            long length = Zstd.getFrameContentSize(stored);
            if (length < 0 || length > Integer.MAX_VALUE) {
                throw new SQLException("a stored callback is damaged", Rows.DAMAGED);
            }
            return DECOMPRESSORS.get().decompress(stored, (int) length);
        } catch (ZstdException e) {
            throw new SQLException("a stored callback is damaged: " + e.getMessage(), Rows.DAMAGED, e);
        }
    }
}
