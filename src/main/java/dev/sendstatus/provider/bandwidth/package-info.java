/**
 * Bandwidth's messaging callbacks: an array of events behind HTTP Basic credentials. The bodies, and the traps in them, stand
 * in {@code docs/providers/bandwidth.md}; the meanings of the error codes are read from the resource beside these classes.
 */
@NullMarked
package dev.sendstatus.provider.bandwidth;

import org.jspecify.annotations.NullMarked;
