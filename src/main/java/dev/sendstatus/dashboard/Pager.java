package dev.sendstatus.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * The ways out of a part of a list.
 *
 * @param first null on the first part
 * @param next null on the last one
 */
public record Pager(@Nullable String first, @Nullable String next, String nextWord) {}
