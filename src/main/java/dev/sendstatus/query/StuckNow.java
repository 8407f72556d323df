package dev.sendstatus.query;

import java.time.Instant;

/**
 * That a message is stuck at the time of the question.
 *
 * @param reason as the API says it
 */
public record StuckNow(Instant flaggedAt, long ageSeconds, String reason) {}
