/** How numbers, durations, times and tables are written for a person. Knows nothing of messages. */
@NullMarked
package dev.sendstatus.text;

import org.jspecify.annotations.NullMarked;
