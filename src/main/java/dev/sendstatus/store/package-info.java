/**
 * The contract that every database fulfils: what is written in one synced transaction, what is read, and how either fails.
 * No SQL here; each database is a package below.
 */
@NullMarked
package dev.sendstatus.store;

import org.jspecify.annotations.NullMarked;
