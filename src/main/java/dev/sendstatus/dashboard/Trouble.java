package dev.sendstatus.dashboard;

import java.util.List;

/** Why a page is not shown, and what to do. @param instead where to go on */
public record Trouble(String title, String text, List<Way> instead) {}
