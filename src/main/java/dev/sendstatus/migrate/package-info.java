/**
 * Copies one database into another and compares the two row by row. No SQL: that is with each store; no files, no command line.
 */
@NullMarked
package dev.sendstatus.migrate;

import org.jspecify.annotations.NullMarked;
