package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.jdbc.Reads;
import java.util.Collection;
import java.util.Optional;

/** What a 200 promises. */
final class Promise {
    private static final Provider BANDWIDTH = new Provider("bandwidth");

    private Promise() {}

    /** Fails unless every message of these is stored, delivered, with its raw callback. @param ids of messages of {@link Load} */
    static void kept(DatabaseSettings database, Collection<String> ids) throws StoreException {
        try (Reads reads = Reads.open(Database.of(database).dialect())) {
            for (String id : ids) {
                Optional<StoredMessage> message = reads.message(new MessageKey(BANDWIDTH, id));
                assertThat(message).as("acknowledged, so stored: %s", id).isPresent();
                assertThat(message.get().state().status()).isEqualTo(SendStatus.DELIVERED);
                assertThat(reads.callbacks(new MessageKey(BANDWIDTH, id))).isNotEmpty();
            }
        }
    }
}
