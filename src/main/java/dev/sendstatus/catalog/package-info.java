/**
 * The meaning of error codes, their charges and the advice on them: read from one resource file per provider and from
 * the operator's own file. Nothing here knows messages or the database.
 */
@NullMarked
package dev.sendstatus.catalog;

import org.jspecify.annotations.NullMarked;
