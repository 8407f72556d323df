/** Tells people: which channels there are, and how a notice and the daily report reach them. The contents and the time of notices are not here. */
@NullMarked
package dev.sendstatus.channel;

import org.jspecify.annotations.NullMarked;
