package dev.sendstatus.ingest;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of what strangers or providers can cause in floods: at once the first time, then once a minute for each subject, with how often
 * each kind of it came. The log then stays readable, and nobody can fill the disk. Any thread.
 */
public final class MinuteLog {
    private static final Logger LOG = LoggerFactory.getLogger(MinuteLog.class);
    private static final long SECONDS = 60;

    private final InstantSource clock;
    /** Guarded by this. As many as there are subjects, and none is made of what a client sent. */
    private final Map<String, Subject> subjects = new TreeMap<>();

    private static final class Subject {
        private final Map<String, Long> untold = new TreeMap<>();
        private String detail = "";
        private @Nullable Instant toldAt;
    }

    public MinuteLog(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Something happened.
     *
     * @param subject the beginning of the line
     * @param kind counted; a word or two
     * @param detail of this time; the newest one is logged. Never a secret or a message's text
     */
    public synchronized void add(String subject, String kind, String detail) {
        Subject about = subjects.computeIfAbsent(subject, name -> new Subject());
        about.untold.merge(kind, 1L, Long::sum);
        about.detail = detail;
        tell(subject, about, clock.instant());
    }

    /** Logs the events that were kept back, of subjects whose minute is over. To be called every few seconds. */
    public synchronized void tell() {
        Instant now = clock.instant();
        subjects.forEach((subject, about) -> tell(subject, about, now));
    }

    private static void tell(String subject, Subject about, Instant now) {
        boolean due = about.toldAt == null || !now.isBefore(about.toldAt.plusSeconds(SECONDS));
        if (!due || about.untold.isEmpty()) {
            return;
        }
        String counts = about.untold.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
        LOG.warn("{}: {}; the last: {}", subject, counts, about.detail);
        about.untold.clear();
        about.toldAt = now;
    }
}
