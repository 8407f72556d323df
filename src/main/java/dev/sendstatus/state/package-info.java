/** The state that a set of events gives: the one place that decides which statement wins. Pure functions over values. */
@NullMarked
package dev.sendstatus.state;

import org.jspecify.annotations.NullMarked;
