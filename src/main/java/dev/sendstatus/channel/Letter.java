package dev.sendstatus.channel;

import dev.sendstatus.pages.channel.JteletterGenerated;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Objects;

/** A message as e-mail shows it, as texts: the template places them and escapes them. */
public record Letter(String subject, List<Note> notes) {
    private static final int MOST_NOTES = 50;

    static Letter of(Message message) {
        return new Letter(
                Outside.line(message.subject()),
                message.cutTo(MOST_NOTES).notes().stream().map(Note::onOneLine).toList());
    }

    String html() {
        StringOutput text = new StringOutput();
        // The generated class itself, so that the compiler finds a letter that does not fit its model.
        JteletterGenerated.render(new OwaspHtmlTemplateOutput(text), null, this);
        return text.toString();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Note note : notes) {
            text.append(text.isEmpty() ? "" : "\n\n").append(note.title()).append('\n');
            if (!note.text().isEmpty()) {
                text.append(note.text()).append('\n');
            }
            note.facts()
                    .forEach(fact -> text.append(fact.label())
                            .append(": ")
                            .append(fact.value())
                            .append('\n'));
            text.append(Objects.requireNonNullElse(note.link(), ""));
        }
        return text.append('\n').toString();
    }
}
