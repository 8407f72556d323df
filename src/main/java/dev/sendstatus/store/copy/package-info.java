/**
 * What a whole database is copied by: its rows in words that are the same for every database, read from one and written to another. No
 * SQL here; each database has its own beside its store.
 */
@NullMarked
package dev.sendstatus.store.copy;

import org.jspecify.annotations.NullMarked;
