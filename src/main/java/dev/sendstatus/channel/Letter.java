package dev.sendstatus.channel;

import dev.sendstatus.pages.channel.JteletterGenerated;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Objects;

/** A message as e-mail shows it, as texts: the template places them and escapes them. */
public record Letter(String subject, List<Part> parts) {

    private static final int MOST_PARTS = 50;

    /** One note. @param link empty if there is none */
    public record Part(String colour, String title, String text, List<Row> facts, String link) {}

    /** One fact. */
    public record Row(String label, String value) {}

    static Letter of(Message message) {
        return new Letter(
                Outside.line(message.subject()),
                message.cutTo(MOST_PARTS).notes().stream().map(Letter::part).toList());
    }

    private static Part part(Note note) {
        return new Part(
                note.tone().colour(),
                Outside.line(note.title()),
                Outside.line(note.text()),
                note.facts().stream()
                        .map(fact -> new Row(Outside.line(fact.label()), Outside.line(fact.value())))
                        .toList(),
                Objects.requireNonNullElse(note.link(), ""));
    }

    String html() {
        StringOutput text = new StringOutput();
        // The generated class itself, so that the compiler finds a letter that does not fit its model.
        JteletterGenerated.render(new OwaspHtmlTemplateOutput(text), null, this);
        return text.toString();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(text.isEmpty() ? "" : "\n\n").append(part.title()).append('\n');
            if (!part.text().isEmpty()) {
                text.append(part.text()).append('\n');
            }
            part.facts()
                    .forEach(row -> text.append(row.label())
                            .append(": ")
                            .append(row.value())
                            .append('\n'));
            text.append(part.link());
        }
        return text.append('\n').toString();
    }
}
