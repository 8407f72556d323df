package dev.sendstatus.replay;

import java.util.List;

/**
 * What a replay came to.
 *
 * @param accounts by name; the callbacks that are nobody's last
 * @param damaged how many stored segments could not be read, or callbacks whose bytes are gone
 */
public record ReplayResult(List<AccountTally> accounts, long damaged) {
    public ReplayResult {
        accounts = List.copyOf(accounts);
    }
}
