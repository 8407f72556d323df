package dev.sendstatus.provider.twilio;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.Reasons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a body of Event Streams as a whole: {@code docs/providers/twilio.md}, Event Streams. */
final class EventStream {
    private final List<DeliveryEvent> events = new ArrayList<>();
    private final Reasons tests = new Reasons();
    private final Reasons reasons = new Reasons();

    private EventStream() {}

    static Parsed read(byte[] body) {
        EventStream stream = new EventStream();
        try {
            CloudEventReader.read(body, stream::add);
        } catch (JsonProcessingException e) {
            return new Parsed.NotUnderstood("not JSON" + place(e.getLocation()));
        } catch (IOException e) {
            return new Parsed.NotUnderstood("not one JSON value");
        }
        return stream.parsed();
    }

    /** Only the place, which limits on depth and size do not have: the exception's own words quote the body. */
    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : ", from line " + location.getLineNr();
    }

    /** Every account that an event claims; of a body that is not JSON those before its fault, as nothing will be read of it. */
    static Set<String> accountSids(byte[] body) {
        Set<String> sids = new LinkedHashSet<>(2);
        try {
            CloudEventReader.read(body, event -> {
                String sid = event.data("accountSid");
                if (sid != null) {
                    sids.add(sid);
                }
            });
        } catch (IOException e) {
            return sids;
        }
        return sids;
    }

    /** The messages that those of its events name which are not understood; none of a body that is not JSON. */
    static List<String> unread(byte[] body) {
        List<String> ids = new ArrayList<>();
        try {
            CloudEventReader.read(body, event -> {
                String id = event.data("messageSid");
                if (id != null && StreamedMessage.read(event) instanceof StreamedMessage.Unreadable) {
                    ids.add(id);
                }
            });
        } catch (IOException e) {
            return List.of();
        }
        return ids;
    }

    private void add(CloudEvent event) {
        StreamedMessage message = StreamedMessage.read(event);
        if (message instanceof StreamedMessage.Stated stated) {
            events.add(stated.event());
        } else if (message instanceof StreamedMessage.Test test) {
            tests.add("test event " + test.id());
        } else if (message instanceof StreamedMessage.Unreadable unreadable) {
            reasons.add(unreadable.why());
        }
    }

    private Parsed parsed() {
        if (!events.isEmpty()) {
            return new Parsed.Events(events, reasons.all());
        }
        if (!reasons.all().isEmpty()) {
            return new Parsed.NotUnderstood(reasons.joined());
        }
        return tests.all().isEmpty()
                ? new Parsed.NotUnderstood("an array without an event")
                : new Parsed.Ignored(String.join(", ", tests.all()));
    }
}
