package dev.sendstatus.store.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * A summary as bytes: one column after the other, numbers as differences to the one before, then compressed; some four bytes a
 * message.
 */
public final class BlockSummaryCodec {
    private static final int VERSION = 1;
    /** More than the messages of any block. */
    private static final int MOST = 1 << 20;

    private BlockSummaryCodec() {}

    public static byte[] write(BlockSummary summary) {
        ByteWriter out = new ByteWriter(1 << 16);
        out.writeByte(VERSION);
        out.writeVar(summary.kinds().size());
        for (BlockSummary.Kind kind : summary.kinds()) {
            writeBytes(out, kind.key());
            writeBytes(out, kind.history());
        }
        writeDifferences(out, summary.live());
        writeDifferences(out, summary.ids());
        for (int kind : summary.kindOf()) {
            out.writeVar(kind);
        }
        long before = 0;
        for (long at : summary.firstEventAt()) {
            out.writeSigned(at - before);
            before = at;
        }
        for (long latency : summary.latencies()) {
            out.writeVar(latency + 1);
        }
        return SegmentCodec.compress(out.toBytes());
    }

    private static void writeBytes(ByteWriter out, byte[] bytes) {
        out.writeVar(bytes.length);
        out.writeBytes(bytes);
    }

    private static void writeDifferences(ByteWriter out, long[] ascending) {
        out.writeVar(ascending.length);
        long before = 0;
        for (long value : ascending) {
            out.writeVar(value - before);
            before = value;
        }
    }

    public static BlockSummary read(byte[] bytes) throws Damaged {
        ByteReader in = new ByteReader(SegmentCodec.decompress(bytes));
        int version = in.readByte();
        if (version != VERSION) {
            throw new Damaged("a summary of version " + version + ", which this program does not know");
        }
        int count = count(in);
        List<BlockSummary.Kind> kinds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            kinds.add(new BlockSummary.Kind(in.readBytes(in.readVar()), in.readBytes(in.readVar())));
        }
        long[] live = readDifferences(in);
        long[] ids = readDifferences(in);
        int[] kindOf = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            long kind = in.readVar();
            if (kind < 0 || kind >= kinds.size()) {
                throw new Damaged("a message of kind " + kind + " of " + kinds.size());
            }
            kindOf[i] = (int) kind;
        }
        long[] firstEventAt = new long[ids.length];
        long before = 0;
        for (int i = 0; i < ids.length; i++) {
            before += in.readSigned();
            firstEventAt[i] = before;
        }
        long[] latencies = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            latencies[i] = in.readVar() - 1;
        }
        return new BlockSummary(kinds, live, ids, kindOf, firstEventAt, latencies);
    }

    private static long[] readDifferences(ByteReader in) throws Damaged {
        long[] ascending = new long[count(in)];
        long before = 0;
        for (int i = 0; i < ascending.length; i++) {
            before += in.readVar();
            ascending[i] = before;
        }
        return ascending;
    }

    private static int count(ByteReader in) throws Damaged {
        long count = in.readVar();
        if (count < 0 || count > MOST) {
            throw new Damaged("a summary with a count of " + count);
        }
        return (int) count;
    }
}
