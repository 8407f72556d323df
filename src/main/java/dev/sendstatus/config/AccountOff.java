package dev.sendstatus.config;

import dev.sendstatus.event.AccountName;
import java.util.List;

/**
 * One account that is named in the file but has nothing to verify callbacks with, so it is off.
 *
 * @param missing the variables that the file takes its keys from, or the keys where it names no variable; the ones that the
 *     provider needs, not those that are optional
 * @param remedy one line: how to switch it on
 */
public record AccountOff(AccountName name, List<String> missing, String remedy) {
    public AccountOff {
        missing = List.copyOf(missing);
    }
}
