package dev.sendstatus.channel;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/** From a time of day to another, perhaps over midnight. Alerts that are not critical wait until they end. */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

    /** The end does not belong to them. */
    public boolean holds(Instant moment) {
        LocalTime time = LocalTime.ofInstant(moment, zone);
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to);
    }
}
