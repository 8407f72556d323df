/** Looks each minute for what is wrong, and says so once. How it reaches people is not here. */
@NullMarked
package dev.sendstatus.alert;

import org.jspecify.annotations.NullMarked;
