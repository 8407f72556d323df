/** What a set of events means: the one place that decides which statement wins. Pure functions over values. */
@NullMarked
package dev.sendstatus.state;

import org.jspecify.annotations.NullMarked;
