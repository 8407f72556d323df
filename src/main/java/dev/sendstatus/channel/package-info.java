/** Tells people: which channels there are, and how a notice and the daily report reach them. Not what is told, nor when. */
@NullMarked
package dev.sendstatus.channel;

import org.jspecify.annotations.NullMarked;
