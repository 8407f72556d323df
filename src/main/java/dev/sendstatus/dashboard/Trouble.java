package dev.sendstatus.dashboard;

import java.util.List;

/** Why a page is not shown, and what to do. @param instead where to go on */
public record Trouble(int status, String title, String text, List<Frame.Entry> instead) implements Page {
    private static final List<Frame.Entry> OVERVIEW = List.of(new Frame.Entry("/", "To the overview"));

    public Trouble {
        instead = instead.isEmpty() ? OVERVIEW : List.copyOf(instead);
    }

    @Override
    public String section() {
        return "";
    }
}
