/** Answers by id and lists by filters: the questions, and the stored rows as JSON. */
@NullMarked
package dev.sendstatus.query;

import org.jspecify.annotations.NullMarked;
