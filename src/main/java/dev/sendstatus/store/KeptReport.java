package dev.sendstatus.store;

import java.time.Instant;
import java.time.LocalDate;

/** A daily report as it was made. @param document JSON */
public record KeptReport(LocalDate date, Instant madeAt, String document) {}
