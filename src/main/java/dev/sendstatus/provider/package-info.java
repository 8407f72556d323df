/**
 * What every provider's adapter fulfils: it proves who sent a request and reads it. Pure: no I/O, no clock, no knowledge of
 * storage or of an HTTP server. The adapters themselves are the packages below; their list stands in {@code app}.
 */
@NullMarked
package dev.sendstatus.provider;

import org.jspecify.annotations.NullMarked;
