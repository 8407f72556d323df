package dev.sendstatus.dashboard;

/** A filter of a list. @param without the list without it */
public record Chip(String text, String without) {}
