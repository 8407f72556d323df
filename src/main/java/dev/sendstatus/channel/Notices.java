package dev.sendstatus.channel;

import dev.sendstatus.store.RepeatedDuty;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends the notices that wait, on every node, with a thread for each channel: one that hangs delays no other. */
public final class Notices implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final NoticeSettings settings;
    private final ReportSource reports;
    private final Store store;
    private final Reads reads;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Duration pause;
    private final List<ScheduledExecutorService> threads = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();

    public Notices(
            NoticeSettings settings,
            ReportSource reports,
            Store store,
            Reads reads,
            InstantSource clock,
            MeterRegistry meters) {
        this(settings, reports, store, reads, clock, meters, PAUSE);
    }

    /** @param pause between two looks for notices */
    Notices(
            NoticeSettings settings,
            ReportSource reports,
            Store store,
            Reads reads,
            InstantSource clock,
            MeterRegistry meters,
            Duration pause) {
        this.settings = settings;
        this.reports = reports;
        this.store = store;
        this.reads = reads;
        this.clock = clock;
        this.meters = meters;
        this.pause = pause;
    }

    public Notices start() {
        for (ChannelSettings one : settings.channels()) {
            Channel channel = Channels.of(one, settings.mail(), clock);
            channels.add(channel);
            NoticeSender sender = new NoticeSender(one, settings, channel, reports, store, reads, clock, meters);
            ScheduledExecutorService thread =
                    Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "channel-" + one.name()));
            threads.add(thread);
            var unused = thread.scheduleWithFixedDelay(
                    new RepeatedDuty("channel " + one.name(), sender::turn),
                    pause.toMillis(),
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
        return this;
    }

    /** Ends a message under way: it is sent again, under the same id, after the next start. */
    @Override
    public void close() {
        threads.forEach(ScheduledExecutorService::shutdown);
        channels.forEach(Channel::close);
        try {
            for (ScheduledExecutorService thread : threads) {
                if (!thread.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                    thread.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            threads.forEach(ScheduledExecutorService::shutdownNow);
            Thread.currentThread().interrupt();
        }
    }
}
