package dev.sendstatus.store.codec;

import java.util.List;

/**
 * A block of messages as the statistics need them: each message as the number of its kind, and its times.
 *
 * @param kinds a message of each kind, packed as in its own row
 * @param live ids of the messages that are to be read themselves, since they still change with the time that passes
 * @param ids of all others, ascending
 * @param kindOf for each of these ids the index of its kind
 * @param firstEventAt for each, in milliseconds since 1970
 * @param latencies for each, in milliseconds; -1 where it is not known
 */
public record BlockSummary(
        List<Kind> kinds, long[] live, long[] ids, int[] kindOf, long[] firstEventAt, long[] latencies) {

    /** A message, its key and its history packed. */
    public record Kind(byte[] key, byte[] history) {}

    public BlockSummary {
        kinds = List.copyOf(kinds);
    }
}
