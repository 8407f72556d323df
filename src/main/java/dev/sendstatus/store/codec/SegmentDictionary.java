package dev.sendstatus.store.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What callbacks look like, known to the compressor beforehand: a commit of one callback then takes a third of what it would. The
 * file must never change, for stored segments name it by the number within it; a better one would be added beside it.
 */
final class SegmentDictionary {
    static final String RESOURCE = "segments-1.dictionary";

    private static final byte[] BYTES = bytes();
    private static final ZstdDictDecompress FOR_READING = new ZstdDictDecompress(BYTES);

    static final long ID = Zstd.getDictIdFromDict(BYTES);

    private SegmentDictionary() {}

    /** For one compressor; to be closed after it. */
    static ZstdDictCompress forWriting(int level) {
        return new ZstdDictCompress(BYTES, level);
    }

    static ZstdDictDecompress forReading() {
        return FOR_READING;
    }

    private static byte[] bytes() {
        try (InputStream in = SegmentDictionary.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: it lacks " + RESOURCE);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
