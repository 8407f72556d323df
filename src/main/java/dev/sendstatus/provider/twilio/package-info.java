/**
 * Twilio: its form callbacks, its Event Streams, its signature. Pure, like every adapter; the meanings of its error codes stand in
 * {@code error-codes.csv} beside the classes, and the facts behind all this in {@code docs/providers/twilio.md}.
 */
@NullMarked
package dev.sendstatus.provider.twilio;

import org.jspecify.annotations.NullMarked;
