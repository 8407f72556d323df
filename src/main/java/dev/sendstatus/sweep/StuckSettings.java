package dev.sendstatus.sweep;

import dev.sendstatus.state.StuckLimits;
import java.time.Duration;

/** The time after which a message counts as stuck. @param sweepInterval how often to look for such messages */
public record StuckSettings(StuckLimits limits, Duration sweepInterval) {}
