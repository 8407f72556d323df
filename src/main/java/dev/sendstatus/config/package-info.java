/**
 * File and environment to the settings of each duty: every mistake in them is gathered, with where it stands and how to mend
 * it. Nothing here knows what the settings are used for.
 */
@NullMarked
package dev.sendstatus.config;

import org.jspecify.annotations.NullMarked;
