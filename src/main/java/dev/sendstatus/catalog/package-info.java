/**
 * What an error code means, whether the message is charged and what to do: read from one resource file per provider and from
 * the operator's own file. Nothing here knows messages or the database.
 */
@NullMarked
package dev.sendstatus.catalog;

import org.jspecify.annotations.NullMarked;
