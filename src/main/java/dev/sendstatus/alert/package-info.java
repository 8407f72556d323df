/** Looks for faults each minute, and tells each of them once. How it reaches people is not here. */
@NullMarked
package dev.sendstatus.alert;

import org.jspecify.annotations.NullMarked;
