/**
 * The records that every database stores, the conditions of lists, and the two kinds of failure.
 * No SQL here; each database is a package below.
 */
@NullMarked
package dev.sendstatus.store;

import org.jspecify.annotations.NullMarked;
