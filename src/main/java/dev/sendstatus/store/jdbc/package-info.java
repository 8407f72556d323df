/**
 * The database: plain tables, read and written by ordinary SQL that both databases understand. Their differences are a {@link
 * dev.sendstatus.store.jdbc.Dialect}.
 */
@NullMarked
package dev.sendstatus.store.jdbc;

import org.jspecify.annotations.NullMarked;
