package dev.sendstatus.store.sqlite;

import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Places that a statement lists as block numbers, the highest first; read some at a time. */
final class Blocks implements Candidates {

    /**
     * Fills with the highest blocks at or below that one, in descending order.
     *
     * @return how many; if fewer than fit, these are the last
     */
    @FunctionalInterface
    interface Loader {
        int load(long block, long[] into) throws SQLException;
    }

    private final int shift;
    private final int most;
    private final Loader loader;
    private long[] read;
    private int count;
    private int at;
    private boolean last;

    /**
     * @param shift a block has two to this many ids
     * @param some how many to read at first
     * @param most how many to read at once as more and more are asked for: where a statement looks at all that there is each time
     */
    Blocks(int shift, int some, int most, Loader loader) {
        this.shift = shift;
        this.most = most;
        this.loader = loader;
        this.read = new long[some];
    }

    @Override
    public @Nullable Run atOrBelow(long id) throws SQLException {
        long block = id >> shift;
        while (at < count && read[at] > block) {
            at++;
        }
        if (at == count) {
            if (last) {
                return null;
            }
            if (count == read.length && count < most) {
                read = Arrays.copyOf(read, Math.min(most, 4 * count));
            }
            count = loader.load(block, read);
            at = 0;
            last = count < read.length;
            if (count == 0) {
                return null;
            }
        }
        long low = read[at] << shift;
        return new Run(low, Math.min(id, low + (1L << shift) - 1));
    }
}
