package dev.sendstatus.register;

/** An item with its place: counted from 0 in a request, the line in a file. */
public record NumberedItem(long index, SendItem item) {}
