package dev.sendstatus.dashboard;

import java.util.List;

/** What stands where there is nothing to show. @param commands what to run next, a line each; may be empty */
public record Empty(String text, List<String> commands) {}
