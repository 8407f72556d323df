package dev.sendstatus.dashboard;

/** Changes something: a form without fields. @param about says, to those who do not see where it stands, what it is about */
public record Button(String path, String word, String about) {}
