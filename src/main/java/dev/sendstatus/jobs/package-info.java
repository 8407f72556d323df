/**
 * The background jobs, each on one node at a time, on db-scheduler: which node takes a job, when its next turn is, and the take-over from a
 * dead node. This package knows neither the jobs' work nor which database their table is in.
 */
@NullMarked
package dev.sendstatus.jobs;

import org.jspecify.annotations.NullMarked;
