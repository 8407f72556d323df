/**
 * The database: plain tables, read and written by ordinary SQL that both databases understand. What they do not share is a {@link
 * dev.sendstatus.store.jdbc.Dialect}.
 */
@NullMarked
package dev.sendstatus.store.jdbc;

import org.jspecify.annotations.NullMarked;
