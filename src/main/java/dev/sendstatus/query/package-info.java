/** Answers by id and lists by filters: what is asked for, and what the stored rows look like to whoever asks, in JSON. */
@NullMarked
package dev.sendstatus.query;

import org.jspecify.annotations.NullMarked;
