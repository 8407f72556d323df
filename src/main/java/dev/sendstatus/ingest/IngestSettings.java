package dev.sendstatus.ingest;

import java.time.Duration;

/**
 * Bounds of the ingest.
 *
 * @param queueCapacity how many callbacks may wait for the disk; more are answered 503
 * @param answerWithin how long a callback may wait for its commit before it is answered 503; under the 2 s that Telnyx waits
 */
public record IngestSettings(int queueCapacity, Duration answerWithin) {}
