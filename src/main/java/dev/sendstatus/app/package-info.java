/** Puts the program together: which adapters there are, what is built from what, what starts first and stops last. */
@NullMarked
package dev.sendstatus.app;

import org.jspecify.annotations.NullMarked;
