package dev.sendstatus.channel;

import dev.sendstatus.store.RepeatedDuty;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends the notices that wait, on every node, with a thread for each channel: one that hangs delays no other. */
public final class Notices implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final List<Channel> channels = new ArrayList<>();
    /** By the name of the channel. */
    private final Map<String, NoticeSender> senders = new LinkedHashMap<>();

    private final List<ScheduledExecutorService> threads = new ArrayList<>();

    public Notices(
            NoticeSettings settings,
            ReportSource reports,
            Store store,
            Reads reads,
            InstantSource clock,
            MeterRegistry meters) {
        for (ChannelSettings one : settings.channels()) {
            Channel channel = Channels.of(one, settings.mail(), clock);
            channels.add(channel);
            senders.put(one.name(), new NoticeSender(one, settings, channel, reports, store, reads, clock, meters));
        }
    }

    public Notices start() {
        return start(PAUSE);
    }

    /** @param pause between two looks for notices */
    Notices start(Duration pause) {
        senders.forEach((name, sender) -> {
            ScheduledExecutorService thread =
                    Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "channel-" + name));
            threads.add(thread);
            var unused = thread.scheduleWithFixedDelay(
                    new RepeatedDuty("channel " + name, sender::turn),
                    pause.toMillis(),
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        });
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
