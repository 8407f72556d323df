package dev.sendstatus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoredCallback;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which messages a callback names that is not understood, as each provider names them. */
class UnreadMessagesTest {
    private static final CallbackReader READER = new CallbackReader(Adapters.all());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            twilio | application/x-www-form-urlencoded | MessageSid=SM1&MessageStatus=teleported | SM1
            twilio | application/x-www-form-urlencoded | SmsSid=SM1 | SM1
            twilio | application/x-www-form-urlencoded | MessageSid=SM1&MessageStatus=sent | ``
            twilio | application/x-www-form-urlencoded | MessageStatus=teleported | ``
            twilio | application/json | [{"type":"com.twilio.messaging.message.teleported","data":{"messageSid":"SM1"}},{"type":"com.twilio.messaging.message.sent","data":{"messageSid":"SM2"}}] | SM1
            twilio | application/json | [{"type":"com.twilio.messaging.message.teleported","data":{"messageSid":"SM1"}} | ``
            telnyx | application/json | {"data":{"event_type":"message.teleported","payload":{"id":"a-1","group_message_id":"g-1"}}} | a-1 g-1
            telnyx | application/json | {"data":{"event_type":"message.finalized","payload":{"id":"a-1","to":[{"phone_number":"+12025550143","status":"teleported"}]}}} | a-1
            telnyx | application/json | {"data":{"event_type":"message.sent","payload":{"id":"a-1","to":[{"phone_number":"+12025550143","status":"sent"}]}}} | ``
            telnyx | application/json | {"sms_id":"s-1","status":"teleported"} | s-1
            telnyx | application/json | {"data":7} | ``
            bandwidth | application/json | [{"type":"message-teleported","message":{"id":"b-1"}},{"type":"message-delivered","to":"+12025550143","message":{"id":"b-2"}},7] | b-1
            bandwidth | application/json | {"type":"message-teleported","message":{"id":"b-1"}} | b-1
            bandwidth | application/json | {"type":"message-teleported","message":{"id":7}} | 7
            bandwidth | application/json | {"type":"message-teleported"} | ``
            bandwidth | application/json | [{"type":"message-teleported","message":{"id":"b-1"}} | ``
            """)
    void whatIsNotUnderstoodStillNamesItsMessages(String provider, String type, String body, String expected) {
        Incoming read = READER.read(
                new StoredCallback(
                        1,
                        new AccountName(new Provider(provider), "main"),
                        Instant.EPOCH,
                        new RawCallback("POST", null, type, body.getBytes(StandardCharsets.UTF_8)),
                        null),
                Source.WEBHOOK);
        assertThat(String.join(" ", read.unreadMessages())).isEqualTo(expected);
    }
}
