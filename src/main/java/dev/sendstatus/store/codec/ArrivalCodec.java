package dev.sendstatus.store.codec;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came and is not yet part of its messages, as bytes: quickly written, since it lies there for a fraction of a second and is read
 * only by whoever did not write it. Writing is for one thread, reading for any.
 */
public final class ArrivalCodec {
    private static final int VERSION = 1;
    private static final Source[] SOURCES = Source.values();

    private final Dictionary dictionary;
    private final HistoryCodec codec;
    private final ByteWriter out = new ByteWriter(1 << 16);

    public ArrivalCodec(Dictionary dictionary) {
        this.dictionary = dictionary;
        this.codec = new HistoryCodec(dictionary);
    }

    public byte[] write(List<Incoming> batch) {
        out.reset();
        out.writeByte(VERSION);
        for (Incoming incoming : batch) {
            write(incoming);
        }
        return out.toBytes();
    }

    private void write(Incoming incoming) {
        RawCallback raw = incoming.raw();
        out.writeVar(dictionary.number(incoming.account()));
        out.writeByte(incoming.source().ordinal());
        out.writeVar(incoming.receivedAt().toEpochMilli());
        out.writeString(raw.method());
        writeOptional(raw.query());
        writeOptional(raw.mediaType());
        write(raw.body());
        writeOptional(incoming.quarantine());
        out.writeVar(incoming.events().size());
        for (DeliveryEvent event : incoming.events()) {
            MessageKey key = event.message();
            write(codec.key(key));
            write(codec.history(new MessageHistory(
                    key,
                    List.of(new RecordedEvent(
                            0, incoming.receivedAt(), true, incoming.source(), incoming.account(), event)))));
        }
    }

    private void write(byte[] bytes) {
        out.writeVar(bytes.length);
        out.writeBytes(bytes);
    }

    private void writeOptional(@Nullable String text) {
        out.writeByte(text == null ? 0 : 1);
        if (text != null) {
            out.writeString(text);
        }
    }

    public List<Incoming> read(byte[] bytes) throws Damaged {
        ByteReader in = new ByteReader(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new Damaged("callbacks written by version " + version + ", which this program does not know");
        }
        List<Incoming> batch = new ArrayList<>();
        while (!in.atEnd()) {
            batch.add(read(in));
        }
        return batch;
    }

    private Incoming read(ByteReader in) throws Damaged {
        AccountName account = dictionary.account((int) in.readVar());
        int source = in.readByte();
        if (source < 0 || source >= SOURCES.length) {
            throw new Damaged("a source of " + source);
        }
        Instant receivedAt = Instant.ofEpochMilli(in.readVar());
        RawCallback raw =
                new RawCallback(in.readString(), readOptional(in), readOptional(in), in.readBytes(in.readVar()));
        String quarantine = readOptional(in);
        int count = (int) in.readVar();
        List<DeliveryEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MessageKey key = codec.key(in.readBytes(in.readVar()));
            for (RecordedEvent recorded :
                    codec.history(key, in.readBytes(in.readVar())).events()) {
                events.add(recorded.event());
            }
        }
        return new Incoming(account, SOURCES[source], receivedAt, raw, events, quarantine);
    }

    private static @Nullable String readOptional(ByteReader in) throws Damaged {
        return in.readByte() == 0 ? null : in.readString();
    }
}
