package dev.sendstatus.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message, as a channel sends it.
 *
 * @param id the same each time that the same is sent
 * @param at when that happened which it tells
 * @param subject one line
 * @param event its type for a program: {@code alert.fired}
 * @param data the same for a program
 * @param mail what e-mail has instead of the notes; null if it has them as well
 */
public record Message(
        String id,
        Instant at,
        String subject,
        List<Note> notes,
        String event,
        ObjectNode data,
        @Nullable Mail mail) {

    /**
     * A letter of its own.
     *
     * @param attachment its name ends as its kind does
     */
    public record Mail(String html, String text, String attachmentName, byte[] attachment) {}

    public Message {
        notes = List.copyOf(notes);
    }

    /** With at most so many notes, of which the last says how many are left out. */
    Message cutTo(int most) {
        if (notes.size() <= most) {
            return this;
        }
        List<Note> shown = new ArrayList<>(notes.subList(0, most - 1));
        shown.add(new Note(Tone.INFO, "And " + (notes.size() - shown.size()) + " more", "", List.of(), null));
        return new Message(id, at, subject, shown, event, data, mail);
    }

    /** That of the note that matters most. */
    public Tone tone() {
        return notes.stream().map(Note::tone).max(Comparator.naturalOrder()).orElse(Tone.INFO);
    }
}
