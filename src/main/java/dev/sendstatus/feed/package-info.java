/** The change feed: what changed, in order, from any position that is kept, and all who wait for more. */
@NullMarked
package dev.sendstatus.feed;

import org.jspecify.annotations.NullMarked;
