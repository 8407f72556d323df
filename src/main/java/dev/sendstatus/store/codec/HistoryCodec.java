package dev.sendstatus.store.codec;

import dev.sendstatus.event.Cost;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.RecordedEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message's key and history as bytes.
 *
 * <p>Per event: two bytes of flags, then sequence and time of arrival as differences to the event before, then what the flags
 * announce. A text that came before in the same history (the recipient, the sender) is written as its number.
 */
public final class HistoryCodec {
    private static final int VERSION = 1;
    private static final Progress[] PROGRESS = Progress.values();
    private static final Source[] SOURCES = Source.values();

    private static final int INBOUND = 1 << 3;
    private static final int CHANGED = 1 << 4;
    private static final int SOURCE_SHIFT = 5;
    private static final int SOLE_RECIPIENT = 1 << 7;

    private static final int RECIPIENT = 1;
    private static final int ERROR_CODE = 1 << 1;
    private static final int OCCURRED_AT = 1 << 2;
    private static final int EVENT_ID = 1 << 3;
    private static final int DETAIL = 1 << 4;
    private static final int FROM = 1 << 5;
    private static final int SENT_AT = 1 << 6;
    private static final int MORE = 1 << 7;

    private static final int CARRIER = 1;
    private static final int SEGMENTS = 1 << 1;
    private static final int COST = 1 << 2;
    private static final int REGISTRATION = 1 << 3;

    private final Dictionary dictionary;
    private final RegistrationCodec registrations;

    public HistoryCodec(Dictionary dictionary) {
        this.dictionary = dictionary;
        this.registrations = new RegistrationCodec(dictionary);
    }

    public byte[] key(MessageKey key) {
        ByteWriter out = new ByteWriter(24);
        writeWord(out, key.provider().word());
        PackedText.write(out, key.id());
        return out.toBytes();
    }

    public MessageKey key(byte[] bytes) throws Damaged {
        ByteReader in = new ByteReader(bytes);
        return new MessageKey(new Provider(readWord(in)), PackedText.read(in));
    }

    public byte[] history(MessageHistory history) {
        ByteWriter out = new ByteWriter(128);
        out.writeByte(VERSION);
        List<String> texts = new ArrayList<>(4);
        long sequence = 0;
        long received = 0;
        for (RecordedEvent recorded : history.events()) {
            long at = recorded.receivedAt().toEpochMilli();
            write(out, recorded, recorded.sequence() - sequence, at - received, texts);
            sequence = recorded.sequence();
            received = at;
        }
        return out.toBytes();
    }

    public MessageHistory history(MessageKey key, byte[] bytes) throws Damaged {
        ByteReader in = new ByteReader(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new Damaged("a history of version " + version + ", which this program does not know");
        }
        List<RecordedEvent> events = new ArrayList<>(4);
        List<String> texts = new ArrayList<>(4);
        long sequence = 0;
        long received = 0;
        while (!in.atEnd()) {
            RecordedEvent event = read(in, key, sequence, received, texts);
            sequence = event.sequence();
            received = event.receivedAt().toEpochMilli();
            events.add(event);
        }
        if (events.isEmpty()) {
            throw new Damaged("a history without an event");
        }
        return new MessageHistory(key, events);
    }

    private void write(ByteWriter out, RecordedEvent recorded, long sequences, long millis, List<String> texts) {
        DeliveryEvent event = recorded.event();
        long received = recorded.receivedAt().toEpochMilli();
        out.writeByte(event.progress().ordinal()
                | (event.direction() == Direction.INBOUND ? INBOUND : 0)
                | (recorded.changed() ? CHANGED : 0)
                | recorded.source().ordinal() << SOURCE_SHIFT
                | (event.soleRecipient() ? SOLE_RECIPIENT : 0));
        int more = (event.carrier() != null ? CARRIER : 0)
                | (event.segments() > 0 ? SEGMENTS : 0)
                | (event.cost() != null ? COST : 0)
                | (event.registration() != null ? REGISTRATION : 0);
        out.writeByte((event.recipient() != null ? RECIPIENT : 0)
                | (event.errorCode() != null ? ERROR_CODE : 0)
                | (event.occurredAt() != null ? OCCURRED_AT : 0)
                | (event.eventId() != null ? EVENT_ID : 0)
                | (event.detail() != null ? DETAIL : 0)
                | (event.from() != null ? FROM : 0)
                | (event.sentAt() != null ? SENT_AT : 0)
                | (more != 0 ? MORE : 0));
        if (more != 0) {
            out.writeByte(more);
        }
        out.writeSigned(sequences);
        out.writeSigned(millis);
        out.writeVar(dictionary.number(recorded.account()));
        writeWord(out, event.providerStatus());
        writeText(out, event.recipient() == null ? null : event.recipient().address(), texts);
        writeText(out, event.errorCode(), texts);
        if (event.occurredAt() != null) {
            out.writeSigned(event.occurredAt().toEpochMilli() - received);
        }
        if (event.eventId() != null) {
            PackedText.write(out, event.eventId());
        }
        writeText(out, event.detail(), texts);
        writeText(out, event.from(), texts);
        if (event.sentAt() != null) {
            out.writeSigned(event.sentAt().toEpochMilli() - received);
        }
        if (event.carrier() != null) {
            writeWord(out, event.carrier());
        }
        if (event.segments() > 0) {
            out.writeVar(event.segments());
        }
        if (event.cost() != null) {
            out.writeString(event.cost().amount().toString());
            writeWord(out, event.cost().currency());
        }
        if (event.registration() != null) {
            registrations.write(out, event.registration(), event.recipient(), texts);
        }
    }

    private RecordedEvent read(
            ByteReader in, MessageKey key, long sequenceBefore, long receivedBefore, List<String> texts)
            throws Damaged {
        int flags = in.readByte();
        int parts = in.readByte();
        int more = (parts & MORE) != 0 ? in.readByte() : 0;
        long sequence = sequenceBefore + in.readSigned();
        long received = receivedBefore + in.readSigned();
        int account = (int) in.readVar();
        String status = readWord(in);
        int progress = flags & 7;
        if (progress >= PROGRESS.length) {
            throw new Damaged("a progress of " + progress);
        }
        String recipient = (parts & RECIPIENT) != 0 ? readText(in, texts) : null;
        String errorCode = (parts & ERROR_CODE) != 0 ? readText(in, texts) : null;
        Instant occurredAt = (parts & OCCURRED_AT) != 0 ? Instant.ofEpochMilli(received + in.readSigned()) : null;
        String eventId = (parts & EVENT_ID) != 0 ? PackedText.read(in) : null;
        String detail = (parts & DETAIL) != 0 ? readText(in, texts) : null;
        String from = (parts & FROM) != 0 ? readText(in, texts) : null;
        Instant sentAt = (parts & SENT_AT) != 0 ? Instant.ofEpochMilli(received + in.readSigned()) : null;
        String carrier = (more & CARRIER) != 0 ? readWord(in) : null;
        int segments = (more & SEGMENTS) != 0 ? (int) in.readVar() : 0;
        Cost cost = (more & COST) != 0 ? new Cost(readAmount(in), readWord(in)) : null;
        Recipient to = recipient == null ? null : new Recipient(recipient);
        DeliveryEvent event = new DeliveryEvent(
                key,
                to,
                (flags & SOLE_RECIPIENT) != 0,
                (flags & INBOUND) != 0 ? Direction.INBOUND : Direction.OUTBOUND,
                PROGRESS[progress],
                status,
                errorCode,
                occurredAt,
                eventId,
                detail,
                from,
                carrier,
                sentAt,
                segments,
                cost,
                (more & REGISTRATION) != 0 ? registrations.read(in, to, texts) : null);
        return new RecordedEvent(
                sequence,
                Instant.ofEpochMilli(received),
                (flags & CHANGED) != 0,
                SOURCES[flags >> SOURCE_SHIFT & 3],
                dictionary.account(account),
                event);
    }

    private static BigDecimal readAmount(ByteReader in) throws Damaged {
        String amount = in.readString();
        try {
            return new BigDecimal(amount);
        } catch (NumberFormatException e) {
            throw new Damaged("an amount that is no number");
        }
    }

    /** A word by its number in the dictionary, or 0 and the word itself. */
    private void writeWord(ByteWriter out, String word) {
        int number = dictionary.number(word);
        out.writeVar(number);
        if (number == 0) {
            out.writeString(word);
        }
    }

    private String readWord(ByteReader in) throws Damaged {
        int number = (int) in.readVar();
        return number == 0 ? in.readString() : dictionary.word(number);
    }

    /** A text by its number in this history from 1, or 0 and the text itself. */
    static void writeText(ByteWriter out, @Nullable String text, List<String> texts) {
        if (text == null) {
            return;
        }
        int known = texts.indexOf(text);
        out.writeVar(known + 1L);
        if (known < 0) {
            PackedText.write(out, text);
            texts.add(text);
        }
    }

    static String readText(ByteReader in, List<String> texts) throws Damaged {
        int number = (int) in.readVar();
        if (number > texts.size() || number < 0) {
            throw new Damaged("text " + number + " of " + texts.size());
        }
        if (number > 0) {
            return texts.get(number - 1);
        }
        String text = PackedText.read(in);
        texts.add(text);
        return text;
    }
}
