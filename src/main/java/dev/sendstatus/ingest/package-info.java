/**
 * Accept, then apply. Accepting: a bounded queue, and one writer that commits what gathered in it, so that a callback can be acknowledged.
 * Applying: acknowledged callbacks are read by their provider's adapter and become part of their messages.
 */
@NullMarked
package dev.sendstatus.ingest;

import org.jspecify.annotations.NullMarked;
