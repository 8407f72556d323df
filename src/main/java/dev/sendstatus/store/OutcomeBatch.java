package dev.sendstatus.store;

import java.time.Instant;

/**
 * Some messages of one key that settled one after another.
 *
 * @param number rising within the key
 * @param firstAt when the first of them was first heard of
 * @param lastAt when the last of them was
 */
public record OutcomeBatch(long number, Instant firstAt, Instant lastAt, OutcomeCounts counts) {}
