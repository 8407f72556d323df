package dev.sendstatus.store.codec;

import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a history's event that only a registration has: a byte of flags, then what they announce. Campaign, tags and
 * domains recur in thousands of messages and are numbers of the dictionary while it has room; a reference mostly does not.
 */
final class RegistrationCodec {
    private static final int REFERENCE = 1;
    private static final int CAMPAIGN = 1 << 1;
    private static final int TAGS = 1 << 2;
    private static final int LINK_DOMAINS = 1 << 3;
    /** The recipients are written; without it the event's own is the only one. */
    private static final int RECIPIENTS = 1 << 4;

    private final Dictionary dictionary;

    RegistrationCodec(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    void write(ByteWriter out, Registration registration, @Nullable Recipient recipient, List<String> texts) {
        List<Recipient> to = registration.to();
        boolean written = to.size() != 1 || !to.get(0).equals(recipient);
        out.writeByte((registration.reference() != null ? REFERENCE : 0)
                | (registration.campaign() != null ? CAMPAIGN : 0)
                | (registration.tags().isEmpty() ? 0 : TAGS)
                | (registration.linkDomains().isEmpty() ? 0 : LINK_DOMAINS)
                | (written ? RECIPIENTS : 0));
        HistoryCodec.writeText(out, registration.reference(), texts);
        if (registration.campaign() != null) {
            writeLabel(out, registration.campaign());
        }
        writeLabels(out, registration.tags());
        writeLabels(out, registration.linkDomains());
        if (written) {
            out.writeVar(to.size());
            for (Recipient one : to) {
                HistoryCodec.writeText(out, one.address(), texts);
            }
        }
    }

    Registration read(ByteReader in, @Nullable Recipient recipient, List<String> texts) throws Damaged {
        int flags = in.readByte();
        String reference = (flags & REFERENCE) != 0 ? HistoryCodec.readText(in, texts) : null;
        String campaign = (flags & CAMPAIGN) != 0 ? readLabel(in) : null;
        List<String> tags = (flags & TAGS) != 0 ? readLabels(in) : List.of();
        List<String> linkDomains = (flags & LINK_DOMAINS) != 0 ? readLabels(in) : List.of();
        List<Recipient> to = new ArrayList<>();
        if ((flags & RECIPIENTS) != 0) {
            for (long left = in.readVar(); left > 0; left--) {
                to.add(new Recipient(HistoryCodec.readText(in, texts)));
            }
        } else if (recipient != null) {
            to.add(recipient);
        } else {
            throw new Damaged("a registration that names nobody");
        }
        return new Registration(to, reference, campaign, tags, linkDomains);
    }

    private void writeLabels(ByteWriter out, List<String> labels) {
        if (!labels.isEmpty()) {
            out.writeVar(labels.size());
            labels.forEach(label -> writeLabel(out, label));
        }
    }

    private List<String> readLabels(ByteReader in) throws Damaged {
        List<String> labels = new ArrayList<>();
        for (long left = in.readVar(); left > 0; left--) {
            labels.add(readLabel(in));
        }
        return labels;
    }

    private void writeLabel(ByteWriter out, String label) {
        int number = dictionary.numberOfLabel(label);
        out.writeVar(number);
        if (number == 0) {
            out.writeString(label);
        }
    }

    private String readLabel(ByteReader in) throws Damaged {
        int number = (int) in.readVar();
        return number == 0 ? in.readString() : dictionary.word(number);
    }
}
