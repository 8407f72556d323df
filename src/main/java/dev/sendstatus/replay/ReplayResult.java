package dev.sendstatus.replay;

import java.util.List;

/**
 * The counts of a replay.
 *
 * @param accounts by name
 * @param damaged how many callbacks could not be read
 */
public record ReplayResult(List<AccountTally> accounts, long damaged) {
    public ReplayResult {
        accounts = List.copyOf(accounts);
    }
}
