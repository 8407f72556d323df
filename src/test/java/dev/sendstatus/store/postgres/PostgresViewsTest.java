package dev.sendstatus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.CollectedAnswer;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.ViewsContract;
import dev.sendstatus.store.jdbc.Store;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class PostgresViewsTest extends ViewsContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    protected TestDatabase database() {
        return database;
    }

    @Test
    void nodesThatStartAtTheSameMomentKeepTheCatalogueTogether() throws Exception {
        Catalogue catalogue = Catalogue.of(List.of(new Provider("twilio"), new Provider("telnyx")));
        try (Store other = Store.open(database.dialect())) {
            for (int round = 0; round < 10; round++) {
                database.store().keepCatalogue(Catalogue.of(List.of(new Provider("bandwidth"))));
                CompletableFuture<Void> together = CompletableFuture.runAsync(() -> keep(other, catalogue));
                keep(database.store(), catalogue);
                together.get(30, TimeUnit.SECONDS);
                assertThat(CollectedAnswer.of(database.reads(), "SELECT count(*) AS codes FROM error_code"))
                        .containsExactly(Map.of(
                                "codes", Integer.toString(catalogue.entries().size())));
            }
        }
    }

    private static void keep(Store store, Catalogue catalogue) {
        try {
            store.keepCatalogue(catalogue);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }
}
