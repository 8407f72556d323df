package dev.sendstatus.store.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdException;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.state.RecordedEvent;
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
    private static final int SHORTENED = 1 << 2;
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
    private final ByteWriter shortened = new ByteWriter(1 << 11);
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
        add(callback, sequences, earlierMillis, Entry.WHOLE, callback.body(), callback.body().length);
    }

    /**
     * Adds a callback without what the row of its message says as well.
     *
     * @param event its only event, as the row has it
     * @param message the row, whose number is not above the event's
     */
    public void add(RawCallback callback, RecordedEvent event, long message, long earlierMillis) {
        if (message > event.sequence()) {
            throw new IllegalArgumentException("row " + message + " is younger than its event " + event.sequence());
        }
        shortened.reset();
        if (SharedTexts.of(event.event()).shorten(callback.body(), shortened)) {
            long back = event.sequence() - message;
            add(callback, 1, earlierMillis, back, shortened.buffer(), shortened.length());
        } else {
            add(callback, 1, earlierMillis);
        }
    }

    /** Adds a callback as another segment has it. */
    public void add(Entry entry, long earlierMillis) {
        byte[] body = entry.callback().body();
        add(entry.callback(), entry.sequences(), earlierMillis, entry.back(), body, body.length);
    }

    /** @param body in the place of the callback's own, of which the first so many bytes count */
    private void add(RawCallback callback, int sequences, long earlierMillis, long back, byte[] body, int length) {
        callbacks++;
        out.writeVar(sequences);
        out.writeByte((callback.method().equals("GET") ? 0 : POST)
                | (earlierMillis > 0 ? EARLIER : 0)
                | (back == Entry.WHOLE ? 0 : SHORTENED));
        if (earlierMillis > 0) {
            out.writeVar(earlierMillis);
        }
        if (back != Entry.WHOLE) {
            out.writeVar(back);
        }
        out.writeString(callback.query() == null ? "" : "?" + callback.query());
        out.writeString(callback.mediaType() == null ? "" : callback.mediaType());
        out.writeVar(length);
        out.writeBytes(body, 0, length);
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
     * @param back how far before its number is that of the row that has what the body here is without; {@link #WHOLE} if it is whole
     */
    public record Entry(long firstSequence, int sequences, long earlierMillis, long back, RawCallback callback) {
        private static final long WHOLE = -1;

        public boolean isWhole() {
            return back == WHOLE;
        }

        /** As whoever reads raw callbacks is given it. @param segmentAt the time that its segment bears */
        public RawSegment.Entry raw(Instant segmentAt) {
            return new RawSegment.Entry(firstSequence, sequences, segmentAt.minusMillis(earlierMillis), callback);
        }

        /** The row of its message, where it is not whole. */
        public long message() {
            return firstSequence - back;
        }

        /** As it came. @param event its event, as the row has it */
        public Entry whole(DeliveryEvent event) {
            return new Entry(
                    firstSequence,
                    sequences,
                    earlierMillis,
                    WHOLE,
                    new RawCallback(
                            callback.method(),
                            callback.query(),
                            callback.mediaType(),
                            SharedTexts.of(event).restore(callback.body())));
        }

        /** What is left of it when nobody shall read it any more. */
        public Entry emptied() {
            return new Entry(firstSequence, sequences, earlierMillis, WHOLE, callback.emptied());
        }
    }

    /** How many bytes a segment has when it is unpacked. @param start its first ten bytes, or more of it */
    public static long length(byte[] start) throws Damaged {
        return new ByteReader(start).readVar();
    }

    /** The callback of a segment that has that number. */
    public static Entry entry(byte[] segment, long firstSequence, long sequence) throws Damaged {
        for (Entry entry : read(segment, firstSequence)) {
            if (sequence < entry.firstSequence() + entry.sequences()) {
                return entry;
            }
        }
        throw new Damaged("the segment at " + firstSequence + " ends before " + sequence);
    }

    /** All callbacks of a segment, as it has them. */
    public static List<Entry> read(byte[] segment, long firstSequence) throws Damaged {
        ByteReader in = new ByteReader(decompress(segment));
        List<Entry> entries = new ArrayList<>();
        long sequence = firstSequence;
        while (!in.atEnd()) {
            int sequences = (int) in.readVar();
            int flags = in.readByte();
            long earlierMillis = (flags & EARLIER) != 0 ? in.readVar() : 0;
            long back = (flags & SHORTENED) != 0 ? in.readVar() : Entry.WHOLE;
            String query = in.readString();
            String mediaType = in.readString();
            byte[] body = in.readBytes(in.readVar());
            entries.add(new Entry(
                    sequence,
                    sequences,
                    earlierMillis,
                    back,
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
