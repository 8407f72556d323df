package dev.sendstatus.jobs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is logged at WARN and above, by whomever, while this is open. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    public LogLines() {
        setContext(root.getLoggerContext());
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            events.add(event);
        }
    }

    /** Those of the jobs and the scheduler; the pool has troubles of its own to tell. */
    List<String> ofTheJobs() {
        return events.stream()
                .filter(event -> event.getLoggerName().startsWith("dev.sendstatus")
                        || event.getLoggerName().startsWith("com.github.kagkarlsson"))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Those of that class. */
    public List<String> of(Class<?> logger) {
        return events.stream()
                .filter(event -> event.getLoggerName().equals(logger.getName()))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    long withAStackTrace() {
        return events.stream()
                .filter(event -> event.getThrowableProxy() != null)
                .count();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
