/**
 * Removes old rows, and one person's number, in steps with pauses between them. The store knows the steps; here is only which
 * steps are made, in which order and how fast.
 */
@NullMarked
package dev.sendstatus.retention;

import org.jspecify.annotations.NullMarked;
