/**
 * The words of the field as values: a provider's statement about a message and a recipient. No I/O, no library, nothing that
 * belongs to one provider.
 */
@NullMarked
package dev.sendstatus.event;

import org.jspecify.annotations.NullMarked;
