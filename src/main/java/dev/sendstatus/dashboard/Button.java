package dev.sendstatus.dashboard;

/** Changes something: a form without fields. @param about names its object for people who do not see where it stands */
public record Button(String path, String word, String about) {}
