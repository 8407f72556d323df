package dev.sendstatus.replay;

/** Hears how far a replay has come. */
@FunctionalInterface
public interface Watcher {

    /** @param done numbers passed; @param total how many there are */
    void at(long done, long total);
}
