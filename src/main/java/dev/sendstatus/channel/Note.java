package dev.sendstatus.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that people are told, in plain text: each channel escapes it in its own way.
 *
 * @param text empty if the title says all
 * @param link where a person sees more of it; null if nowhere
 */
public record Note(
        Tone tone,
        String title,
        String text,
        List<Fact> facts,
        @Nullable String link) {

    /** {@code Since: 2026-11-30 05:12 UTC}. */
    public record Fact(String label, String value) {}

    public Note {
        facts = List.copyOf(facts);
    }

    /** With each of its texts on one line. */
    Note onOneLine() {
        return new Note(
                tone,
                Outside.line(title),
                Outside.line(text),
                facts.stream()
                        .map(fact -> new Fact(Outside.line(fact.label()), Outside.line(fact.value())))
                        .toList(),
                link);
    }
}
