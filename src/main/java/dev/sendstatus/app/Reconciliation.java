package dev.sendstatus.app;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.ingest.DirectCommit;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.MessageLookup;
import dev.sendstatus.reconcile.AccountResult;
import dev.sendstatus.reconcile.Reconciler;
import dev.sendstatus.reconcile.Sleeper.StoppableSleeper;
import dev.sendstatus.reconcile.StuckSelection;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.ProgressListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's own reconciliation: one turn goes over all accounts. One thread at a time calls it. */
final class Reconciliation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    private final List<MessageLookup> lookups;
    private final List<AccountName> unable;
    private final Reconciler reconciler;
    private final StoppableSleeper pace = new StoppableSleeper();

    Reconciliation(
            Configuration configuration,
            List<ConfiguredProvider<?>> providers,
            Reads reads,
            Store store,
            DirectCommit commit,
            MeterRegistry meters,
            InstantSource clock) {
        this.lookups = Lookups.of(configuration, providers, clock);
        this.unable = Lookups.missing(configuration, lookups);
        this.reconciler = new Reconciler(
                reads,
                store,
                commit,
                configuration.stuck().limits(),
                configuration.reconcileInterval(),
                clock,
                pace,
                meters);
        lookups.forEach(lookup -> reconciler.announce(lookup.account()));
    }

    /** Says in the log which accounts cannot be asked about, and what would change that. */
    void tellOfUnable() {
        for (AccountName account : unable) {
            LOG.info(
                    "account {}: its provider is not asked about stuck messages; to have that, {}",
                    account,
                    Lookups.remedy(account));
        }
    }

    /**
     * One round over all accounts.
     *
     * @throws InterruptedException if {@link #close} cut it short; the answers until then are stored
     */
    void run() throws StoreException, InterruptedException {
        for (MessageLookup lookup : lookups) {
            tell(reconciler.stuck(lookup, StuckSelection.ALL_STUCK, ProgressListener.NOBODY));
        }
    }

    private static void tell(AccountResult result) {
        if (result.asked() > 0) {
            LOG.info(
                    "account {}: asked about {} stuck messages in {} calls: {} have their end, {} are still sent, {} not"
                            + " found, {} failed",
                    result.account(),
                    result.asked(),
                    result.calls(),
                    result.updated(),
                    result.stillSent(),
                    result.notFound(),
                    result.failed());
        }
        if (result.stopped() != null) {
            LOG.warn("account {}: stopped asking about stuck messages: {}", result.account(), result.stopped());
        }
        result.remarks().forEach(remark -> LOG.warn("account {}: {}", result.account(), remark));
    }

    /** Ends every wait at once, now and later. A call that is under way goes on. Any thread may call it. */
    @Override
    public void close() {
        pace.stop();
    }
}
