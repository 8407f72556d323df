/**
 * The background jobs, each on one node at a time, on db-scheduler: who takes a job, when its next turn is, what becomes of a
 * dead node's. What a job does is none of this package's business, nor which database its table is in.
 */
@NullMarked
package dev.sendstatus.jobs;

import org.jspecify.annotations.NullMarked;
