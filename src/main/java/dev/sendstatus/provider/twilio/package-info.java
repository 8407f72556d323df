/**
 * Twilio: its form callbacks, its Event Streams, its signature. Pure, like every adapter; what its error codes mean stands in
 * {@code error-codes.csv} beside the classes, and the facts behind all this in {@code docs/providers/twilio.md}.
 */
@NullMarked
package dev.sendstatus.provider.twilio;

import org.jspecify.annotations.NullMarked;
