/**
 * Reads stored raw callbacks again with the adapters of today, and hands new events to the store, with the source replay.
 * A callback that says nothing new changes nothing. This package knows no adapter by name, and no table.
 */
@NullMarked
package dev.sendstatus.replay;

import org.jspecify.annotations.NullMarked;
