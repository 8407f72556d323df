/** The jobs on real databases, with real threads or with a clock that is turned by hand. */
@NullMarked
package dev.sendstatus.jobs;

import org.jspecify.annotations.NullMarked;
