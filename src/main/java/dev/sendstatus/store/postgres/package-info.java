/** The store on PostgreSQL, for many nodes: nothing that decides is held in a node's memory. The SQL stands beside what runs it. */
@NullMarked
package dev.sendstatus.store.postgres;

import org.jspecify.annotations.NullMarked;
