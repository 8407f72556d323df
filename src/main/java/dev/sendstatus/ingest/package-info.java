/** The one way into the database: a bounded queue, and one writer that commits whatever has gathered in it. */
@NullMarked
package dev.sendstatus.ingest;

import org.jspecify.annotations.NullMarked;
