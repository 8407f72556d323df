/** The store on SQLite: one file, one writing connection, a pool of reading ones. The SQL stands beside what runs it. */
@NullMarked
package dev.sendstatus.store.sqlite;

import org.jspecify.annotations.NullMarked;
