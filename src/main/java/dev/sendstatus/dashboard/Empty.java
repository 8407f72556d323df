package dev.sendstatus.dashboard;

import java.util.List;

/** The text in the place of an empty list. @param commands what to run next, a line each; may be empty */
public record Empty(String text, List<String> commands) {}
