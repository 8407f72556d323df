/**
 * Reads stored raw callbacks again with the adapters of today, and hands what is new to the store as events with the source replay.
 * What says nothing new changes nothing. It knows no adapter by name, and no table.
 */
@NullMarked
package dev.sendstatus.replay;

import org.jspecify.annotations.NullMarked;
