package dev.sendstatus.report;

import java.time.LocalTime;
import java.time.ZoneId;

/** When a day's report is made: at that time of day in that zone. */
public record ReportSettings(LocalTime reportTime, ZoneId timeZone) {}
