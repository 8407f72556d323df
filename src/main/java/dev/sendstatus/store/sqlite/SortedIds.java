package dev.sendstatus.store.sqlite;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A few messages whose ids are known. */
final class SortedIds implements Candidates {
    private final long[] ids;
    private int left;

    /** @param ids the first so many of them, in any order; sorted here */
    SortedIds(long[] ids, int count) {
        Arrays.sort(ids, 0, count);
        this.ids = ids;
        this.left = count;
    }

    @Override
    public @Nullable Run atOrBelow(long id) {
        while (left > 0 && ids[left - 1] > id) {
            left--;
        }
        return left == 0 ? null : new Run(ids[left - 1], ids[left - 1]);
    }
}
