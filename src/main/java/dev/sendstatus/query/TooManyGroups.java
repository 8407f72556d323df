package dev.sendstatus.query;

import dev.sendstatus.store.StatisticsDimension;

/** The messages have more groups than are counted at once. */
public final class TooManyGroups extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyGroups(StatisticsDimension by, int most) {
        super("More than " + most + " groups by " + by.word() + ": ask for less time, or by something else.");
    }
}
