package dev.sendstatus.store.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdException;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.RawSegment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Raw callbacks as one compressed block: those of one provider are nearly alike, so together they take a fraction of what each
 * would. Writing is for one thread, reading for any.
 */
public final class SegmentCodec implements AutoCloseable {
    /** Room for a length of any size. */
    private static final int HEAD = 10;

    private static final int POST = 1;
    private static final int EARLIER = 1 << 1;
    /** No segment is larger: the queue's bound times the limit of a body would be, but a batch is cut before that. */
    private static final int LARGEST = 256 << 20;

    private static final int LEVEL = 1;

    /**
     * From that many on callbacks resemble each other more than the dictionary: 64 of Twilio's take 34 bytes each without it and
     * 38 with it, one takes 228 without it and 137 with it.
     */
    private static final int WITHOUT_DICTIONARY = 16;

    /** What a commit puts into one segment: more would make its callbacks hardly smaller, and cost the commit time. */
    public static final int MOST_CALLBACKS = 64;

    private final ZstdCompressCtx forMany = new ZstdCompressCtx();
    private final ZstdCompressCtx forFew = new ZstdCompressCtx();
    private final ZstdDictCompress dictionary = SegmentDictionary.forWriting(LEVEL);
    private final ByteWriter out = new ByteWriter(1 << 16);
    private byte[] framed = new byte[1 << 14];
    private int callbacks;

    public SegmentCodec() {
        // So that a block that was changed or cut short on disk is noticed, not read.
        forMany.setLevel(LEVEL).setChecksum(true);
        forFew.setLevel(LEVEL).setChecksum(true);
        forFew.loadDict(dictionary);
    }

    /** Starts a new segment. */
    public void begin() {
        out.reset();
        callbacks = 0;
    }

    /** One that came when its segment did. */
    public void add(RawCallback callback, int sequences) {
        add(callback, sequences, 0);
    }

    /**
     * Adds a callback to the segment.
     *
     * @param sequences how many sequence numbers the callback has: one for each event, and at least one
     * @param earlierMillis how long before the time that its segment bears it came, 0 or more
     */
    public void add(RawCallback callback, int sequences, long earlierMillis) {
        callbacks++;
        out.writeVar(sequences);
        out.writeByte((callback.method().equals("GET") ? 0 : POST) | (earlierMillis > 0 ? EARLIER : 0));
        if (earlierMillis > 0) {
            out.writeVar(earlierMillis);
        }
        out.writeString(callback.query() == null ? "" : "?" + callback.query());
        out.writeString(callback.mediaType() == null ? "" : callback.mediaType());
        out.writeVar(callback.body().length);
        out.writeBytes(callback.body());
    }

    public byte[] end() {
        int most = HEAD + (int) Zstd.compressBound(out.length());
        if (framed.length < most) {
            framed = new byte[most];
        }
        ByteWriter head = new ByteWriter(HEAD);
        head.writeVar(out.length());
        System.arraycopy(head.buffer(), 0, framed, 0, head.length());
        ZstdCompressCtx compressor = callbacks < WITHOUT_DICTIONARY ? forFew : forMany;
        int compressed = compressor.compressByteArray(
                framed, head.length(), framed.length - head.length(), out.buffer(), 0, out.length());
        return Arrays.copyOf(framed, head.length() + compressed);
    }

    /** Whether the next callback belongs into another segment. */
    public boolean isFull() {
        return callbacks >= MOST_CALLBACKS;
    }

    /** The entries so far as they are before compression, from which a dictionary is made. */
    byte[] plain() {
        return out.toBytes();
    }

    /**
     * One callback of a segment.
     *
     * @param firstSequence the first of its numbers
     * @param earlierMillis how long before its segment's time it came
     */
    public record Entry(long firstSequence, int sequences, long earlierMillis, RawCallback callback) {}

    /** How many bytes a segment has when it is unpacked. @param start its first ten bytes, or more of it */
    public static long length(byte[] start) throws Damaged {
        return new ByteReader(start).readVar();
    }

    /** A segment as it is read; where it is damaged that is said in the value, since those after it can be read all the same. */
    public static RawSegment segment(long firstSequence, long nextSequence, Instant receivedAt, byte[] segment) {
        List<RawSegment.Entry> callbacks = new ArrayList<>();
        try {
            for (Entry entry : read(segment, firstSequence)) {
                callbacks.add(new RawSegment.Entry(
                        entry.firstSequence(),
                        entry.sequences(),
                        receivedAt.minusMillis(entry.earlierMillis()),
                        entry.callback()));
            }
        } catch (Damaged e) {
            return new RawSegment(firstSequence, nextSequence, receivedAt, true, List.of());
        }
        return new RawSegment(firstSequence, nextSequence, receivedAt, false, callbacks);
    }

    /** The callback of a segment that has that number. */
    public static RawCallback callback(byte[] segment, long firstSequence, long sequence) throws Damaged {
        for (Entry entry : read(segment, firstSequence)) {
            if (sequence < entry.firstSequence() + entry.sequences()) {
                return entry.callback();
            }
        }
        throw new Damaged("the segment at " + firstSequence + " ends before " + sequence);
    }

    public static List<Entry> read(byte[] segment, long firstSequence) throws Damaged {
        ByteReader in = new ByteReader(decompress(segment));
        List<Entry> entries = new ArrayList<>();
        long sequence = firstSequence;
        while (!in.atEnd()) {
            int sequences = (int) in.readVar();
            int flags = in.readByte();
            long earlierMillis = (flags & EARLIER) != 0 ? in.readVar() : 0;
            String query = in.readString();
            String mediaType = in.readString();
            byte[] body = in.readBytes(in.readVar());
            entries.add(new Entry(
                    sequence,
                    sequences,
                    earlierMillis,
                    new RawCallback(
                            (flags & POST) != 0 ? "POST" : "GET",
                            query.isEmpty() ? null : query.substring(1),
                            mediaType.isEmpty() ? null : mediaType,
                            body)));
            sequence += sequences;
        }
        return entries;
    }

    /** A text as one compressed block, for whoever keeps documents. */
    public static byte[] compress(String text) {
        return compress(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] compress(byte[] plain) {
        ByteWriter framed = new ByteWriter(plain.length / 3 + 64);
        framed.writeVar(plain.length);
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setChecksum(true);
            framed.writeBytes(context.compress(plain));
        }
        return framed.toBytes();
    }

    public static String text(byte[] block) throws Damaged {
        return new String(decompress(block), StandardCharsets.UTF_8);
    }

    static byte[] decompress(byte[] block) throws Damaged {
        ByteReader head = new ByteReader(block);
        long length = head.readVar();
        if (length < 0 || length > LARGEST) {
            throw new Damaged("a block of " + length + " bytes");
        }
        int start = 0;
        while ((block[start] & 0x80) != 0) {
            start++;
        }
        start++;
        byte[] plain = new byte[(int) length];
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            if (Zstd.getDictIdFromFrame(Arrays.copyOfRange(block, start, block.length)) == SegmentDictionary.ID) {
                context.loadDict(SegmentDictionary.forReading());
            }
            int got = context.decompressByteArray(plain, 0, plain.length, block, start, block.length - start);
            if (got != length) {
                throw new Damaged(got + " bytes instead of " + length);
            }
        } catch (ZstdException e) {
            throw new Damaged("a block that does not decompress: " + e.getMessage());
        }
        return plain;
    }

    @Override
    public void close() {
        forMany.close();
        forFew.close();
        dictionary.close();
    }
}
