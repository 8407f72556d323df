/** How keys, histories and raw callbacks are packed into bytes: the same on every database, and readable for ever. */
@NullMarked
package dev.sendstatus.store.codec;

import org.jspecify.annotations.NullMarked;
