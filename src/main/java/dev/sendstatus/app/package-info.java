/** Puts the program together: the list of adapters, the construction of every part, the order of start and stop. */
@NullMarked
package dev.sendstatus.app;

import org.jspecify.annotations.NullMarked;
