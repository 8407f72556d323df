/** Holds the documents against the sources. */
@NullMarked
package dev.sendstatus.docs;

import org.jspecify.annotations.NullMarked;
