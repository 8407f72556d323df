/**
 * Bandwidth's messaging callbacks: an array of events behind HTTP Basic credentials. What is sent and where it misleads stands
 * in {@code docs/providers/bandwidth.md}; the meanings of the error codes are read from the resource beside these classes.
 */
@NullMarked
package dev.sendstatus.provider.bandwidth;

import org.jspecify.annotations.NullMarked;
