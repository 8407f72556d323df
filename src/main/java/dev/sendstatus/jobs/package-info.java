/**
 * The background jobs, each on one node at a time, on db-scheduler: who takes a job, when its next turn is, what becomes of a
 * dead node's. This package knows neither the jobs' work nor which database their table is in.
 */
@NullMarked
package dev.sendstatus.jobs;

import org.jspecify.annotations.NullMarked;
