/**
 * Telnyx: signatures of both webhook versions, and the reading of its callbacks. Everything that knows a Telnyx word is here and in
 * {@code docs/providers/telnyx.md}; no I/O.
 */
@NullMarked
package dev.sendstatus.provider.telnyx;

import org.jspecify.annotations.NullMarked;
