/**
 * The command line: one file a command, and the one place where failures become exit codes: 0 ok, 1 failed, 2 wrong usage.
 * A command blocks until it is done; the process ends with what it returns.
 */
@NullMarked
package dev.sendstatus.cli;

import org.jspecify.annotations.NullMarked;
