/**
 * Asks the providers about messages of which no callback told the end, or all of a time, and makes events of the answers: a look-up
 * says something like a callback does, and never overwrites. Knows a provider's API by its contract only.
 */
@NullMarked
package dev.sendstatus.reconcile;

import org.jspecify.annotations.NullMarked;
