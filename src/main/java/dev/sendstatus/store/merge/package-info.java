/** What a writer does with a message before and after its database: the same on each. No SQL, no bytes. */
@NullMarked
package dev.sendstatus.store.merge;

import org.jspecify.annotations.NullMarked;
