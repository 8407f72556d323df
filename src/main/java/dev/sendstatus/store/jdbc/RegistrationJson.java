package dev.sendstatus.store.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content of a registration, as JSON in one column of its events. */
final class RegistrationJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RegistrationJson() {}

    /** The columns' words, in the order in which they are written. */
    private record Said(
            List<String> to,
            @Nullable String reference,
            @Nullable String campaign,
            List<String> tags,
            List<String> link_domains) {}

    static String of(Registration registration) throws SQLException {
        try {
            return MAPPER.writeValueAsString(new Said(
                    registration.to().stream().map(Recipient::address).toList(),
                    registration.reference(),
                    registration.campaign(),
                    registration.tags(),
                    registration.linkDomains()));
        } catch (JsonProcessingException e) {
            throw new SQLException("a registration cannot be written", "22000", e);
        }
    }

    static Registration read(String json) throws SQLException {
        try {
            Said said = MAPPER.readValue(json, Said.class);
            return new Registration(
                    said.to().stream().map(Recipient::new).toList(),
                    said.reference(),
                    said.campaign(),
                    said.tags(),
                    said.link_domains());
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored registration is damaged", Rows.DAMAGED, e);
        }
    }
}
