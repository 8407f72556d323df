/**
 * The contract of every provider's adapter: it proves the sender of a request and reads it, without I/O or a clock; and it asks
 * the provider's API about messages. No knowledge of storage or of an HTTP server. Beside the contract stands the kit for
 * settings, JSON and reasons. The adapters themselves are the packages below; their list stands in {@code app}.
 */
@NullMarked
package dev.sendstatus.provider;

import org.jspecify.annotations.NullMarked;
