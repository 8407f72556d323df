/**
 * The relay: each configured endpoint is pushed the changes of the feed, signed, from a position of its own. Nothing is queued: an endpoint
 * that is down has a position that stands still.
 */
@NullMarked
package dev.sendstatus.relay;

import org.jspecify.annotations.NullMarked;
