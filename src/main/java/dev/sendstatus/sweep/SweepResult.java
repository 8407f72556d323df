package dev.sendstatus.sweep;

/**
 * The counts of one pass.
 *
 * @param flagged messages found stuck for the first time, those given up at once among them
 * @param settled flags that ended because a report came after all
 * @param givenUp flags that ended because none came in time
 */
public record SweepResult(int flagged, int settled, int givenUp) {}
