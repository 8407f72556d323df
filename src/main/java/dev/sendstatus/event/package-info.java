/**
 * The words of the field as values: what a provider said, about which message, to whom. No I/O, no library, nothing that
 * belongs to one provider.
 */
@NullMarked
package dev.sendstatus.event;

import org.jspecify.annotations.NullMarked;
