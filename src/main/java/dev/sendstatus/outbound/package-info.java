/** Signed requests to addresses that the operator names: the signature, where a connection may lead, and the client. */
@NullMarked
package dev.sendstatus.outbound;

import org.jspecify.annotations.NullMarked;
