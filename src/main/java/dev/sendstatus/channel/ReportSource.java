package dev.sendstatus.channel;

import dev.sendstatus.store.StoreException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The source of the daily reports. */
@FunctionalInterface
public interface ReportSource {

    /**
     * The reports of these days, in one message.
     *
     * @param id of the message
     * @param at when they were made
     * @param days the oldest first
     * @param toldBefore the day of the report that was told last; null if none was
     * @param fullNumbers whether numbers are whole
     * @return empty if none of them is kept any more
     */
    Optional<Message> message(
            String id, Instant at, List<LocalDate> days, @Nullable LocalDate toldBefore, boolean fullNumbers)
            throws StoreException;
}
