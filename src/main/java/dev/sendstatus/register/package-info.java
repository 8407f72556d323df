/**
 * Registered sends: read and checked, compared with what is stored, handed on as events. Not how they come (the API, a file's
 * command) nor how they are stored.
 */
@NullMarked
package dev.sendstatus.register;

import org.jspecify.annotations.NullMarked;
