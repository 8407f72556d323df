/** Measures the server under load. Run by {@code scripts/bench}; no part of the program or of its tests. */
@NullMarked
package dev.sendstatus.bench;

import org.jspecify.annotations.NullMarked;
