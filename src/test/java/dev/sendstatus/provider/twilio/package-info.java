/** Tests of the Twilio adapter; its fixtures are in {@code src/test/resources/provider/twilio}. */
@NullMarked
package dev.sendstatus.provider.twilio;

import org.jspecify.annotations.NullMarked;
