package dev.sendstatus.app;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.MessageLookup;
import dev.sendstatus.reconcile.AccountResult;
import dev.sendstatus.reconcile.Reconciler;
import dev.sendstatus.reconcile.StoppablePace;
import dev.sendstatus.reconcile.Wanted;
import dev.sendstatus.reconcile.Watcher;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's own reconciliation, on a thread of its own: a provider that is slow to answer must not delay the daily report. */
final class Reconciliation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    /** What the providers send again after a stop comes first: it need not be asked for. */
    private static final Duration AFTER_THE_START = Duration.ofMinutes(1);

    private final List<MessageLookup> lookups;
    private final List<AccountName> unable;
    private final Reconciler reconciler;
    private final Duration interval;
    private final StoppablePace pace = new StoppablePace();
    private final Duties thread = new Duties("reconcile");

    Reconciliation(
            Configuration configuration,
            List<ConfiguredProvider<?>> providers,
            Reads reads,
            Store store,
            IngestQueue queue,
            MeterRegistry meters,
            InstantSource clock) {
        this.lookups = Lookups.of(configuration, providers, clock);
        this.unable = Lookups.missing(configuration, lookups);
        this.interval = configuration.reconcileInterval();
        this.reconciler = new Reconciler(
                reads,
                store.lookups(),
                new QueueSink(queue),
                configuration.stuck().limits(),
                interval,
                clock,
                pace,
                meters);
        lookups.forEach(lookup -> reconciler.announce(lookup.account()));
    }

    Reconciliation start() {
        for (AccountName account : unable) {
            LOG.info(
                    "account {}: its provider is not asked about stuck messages; to have that, {}",
                    account,
                    Lookups.remedy(account));
        }
        thread.every(AFTER_THE_START, interval, "the reconciliation", this::run);
        return this;
    }

    /** One round over all accounts. */
    void run() throws StoreException {
        try {
            for (MessageLookup lookup : lookups) {
                tell(reconciler.stuck(lookup, Wanted.ALL_STUCK, Watcher.NOBODY));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    /** Ends every wait at once; a call that is under way is waited for. */
    @Override
    public void close() {
        pace.stop();
        thread.close();
    }
}
