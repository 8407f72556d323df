/** Finds the messages that are stuck, and notices when one that was is so no longer. */
@NullMarked
package dev.sendstatus.sweep;

import org.jspecify.annotations.NullMarked;
