/** The change feed: the changes in their order, from any position that is kept, and the requests that wait for more. */
@NullMarked
package dev.sendstatus.feed;

import org.jspecify.annotations.NullMarked;
