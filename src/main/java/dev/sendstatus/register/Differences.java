package dev.sendstatus.register;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in which fields two registrations of a message differ, by name and without their values. */
final class Differences {
    private final List<String> fields = new ArrayList<>();

    private Differences() {}

    /** @param stored one event of the registration that is there */
    static List<String> between(AccountName account, DeliveryEvent stored, Send send) {
        DeliveryEvent now = send.events(stored.detail()).get(0);
        Registration before = Objects.requireNonNull(stored.registration(), "a registration's event has one");
        Registration said = send.registration();
        Differences differences = new Differences();
        differences.compare("account", account, send.account());
        differences.compare("to", before.to(), said.to());
        differences.compare("from", stored.from(), now.from());
        differences.compare("sent_at", stored.sentAt(), now.sentAt());
        differences.compare("reference", before.reference(), said.reference());
        differences.compare("campaign", before.campaign(), said.campaign());
        differences.compare("tags", before.tags(), said.tags());
        differences.compare("link_domains", before.linkDomains(), said.linkDomains());
        differences.compare("segments", stored.segments(), now.segments());
        differences.compare("error_code", stored.errorCode(), now.errorCode());
        return differences.fields.isEmpty() ? List.of("values") : differences.fields;
    }

    private void compare(String field, @Nullable Object one, @Nullable Object other) {
        if (!Objects.equals(one, other)) {
            fields.add(field);
        }
    }
}
